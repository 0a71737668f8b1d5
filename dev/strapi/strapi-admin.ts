import { z } from 'zod';

/** The admin whom tests register first and log in as. */
export const firstAdmin = {
  email: 'admin@example.com',
  password: 'Test-password-1',
  firstname: 'Ada',
  lastname: 'Admin',
} as const;

const initSchema = z.object({ data: z.object({ hasAdmin: z.boolean() }) });
const loginSchema = z.object({ data: z.object({ token: z.string() }) });
const tokenSchema = z.object({ data: z.object({ accessKey: z.string() }) });

export interface ApiTokenRights {
  type: 'full-access' | 'read-only' | 'custom';
  /** Only for `custom`: `plugin::email-connect.thread.find` and the like. */
  permissions?: readonly string[];
}

export interface StrapiAdmin {
  /** Goes into `Authorization: Bearer <token>` of admin routes. */
  token: string;
  /** Calls an admin route with JSON; the caller looks at the status. */
  fetch(method: string, path: string, body?: unknown): Promise<Response>;
  /** Makes an API token of the content API and answers its key. */
  apiToken(rights: ApiTokenRights): Promise<string>;
}

const send = (url: string, method: string, path: string, body?: unknown, token?: string) =>
  fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

const read = async <T>(response: Response, schema: z.ZodType<T>): Promise<T> => {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return schema.parse(JSON.parse(text));
};

/** Registers the first admin of a running Strapi, or logs in as them when they are there already. */
export const strapiAdmin = async (url: string): Promise<StrapiAdmin> => {
  const { hasAdmin } = (await read(await send(url, 'GET', '/admin/init'), initSchema)).data;
  const { email, password } = firstAdmin;
  const answer = hasAdmin
    ? await send(url, 'POST', '/admin/login', { email, password })
    : await send(url, 'POST', '/admin/register-admin', firstAdmin);
  const { token } = (await read(answer, loginSchema)).data;
  const call: StrapiAdmin['fetch'] = (method, path, body) => send(url, method, path, body, token);
  return {
    token,
    fetch: call,
    apiToken: async ({ type, permissions = [] }) => {
      const body = {
        name: `test ${type} ${crypto.randomUUID()}`,
        description: '',
        type,
        lifespan: null,
        ...(type === 'custom' ? { permissions } : {}),
      };
      return (await read(await call('POST', '/admin/api-tokens', body), tokenSchema)).data.accessKey;
    },
  };
};
