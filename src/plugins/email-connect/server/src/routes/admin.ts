import { adminAccessRoutes } from './admin-access';
import { adminInboxRoutes } from './admin-inboxes';
import { adminThreadRoutes } from './admin-threads';

export const adminRoutes = () => ({
  type: 'admin' as const,
  routes: [
    {
      method: 'GET',
      path: '/settings',
      handler: 'admin-inbox.settings',
      config: { policies: ['admin::isAuthenticatedAdmin'] },
    },
    ...adminInboxRoutes,
    ...adminThreadRoutes,
    ...adminAccessRoutes,
  ],
});
