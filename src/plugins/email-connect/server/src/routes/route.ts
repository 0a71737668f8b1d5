import type { RequestedAction } from '../domain/limits/limit';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** An admin route, and the permissions that its caller needs: without one, Strapi asks only for a login. */
export const route = (method: Method, path: string, handler: string, ...actions: string[]) => ({
  method,
  path,
  handler,
  config: {
    policies: [
      {
        name: 'admin::hasPermissions',
        config: { actions: actions.map((action) => `plugin::email-connect.${action}`) },
      },
    ],
  },
});

/** The same route, limited by the setting `rateLimits` for each admin user. */
export const limited = (action: RequestedAction, { config, ...open }: ReturnType<typeof route>) => ({
  ...open,
  config: { ...config, middlewares: [{ name: 'plugin::email-connect.limit', config: { action } }] },
});
