const may = (...actions: string[]) => ({
  policies: [
    {
      name: 'admin::hasPermissions',
      config: { actions: actions.map((action) => `plugin::email-connect.${action}`) },
    },
  ],
});

const record = '/records/:contactType/:documentId';

/** Every route names the permission it needs: without one, Strapi asks only for a login. */
export const adminRoutes = () => ({
  type: 'admin' as const,
  routes: [
    {
      method: 'GET',
      path: '/settings',
      handler: 'admin-inbox.settings',
      config: { policies: ['admin::isAuthenticatedAdmin'] },
    },
    { method: 'GET', path: '/presets', handler: 'admin-inbox.presets', config: may('inboxes.connect') },
    {
      method: 'POST',
      path: '/connection-tests',
      handler: 'admin-inbox.test',
      config: may('inboxes.connect'),
    },
    { method: 'GET', path: '/inboxes', handler: 'admin-inbox.find', config: may('inboxes.read') },
    { method: 'POST', path: '/inboxes', handler: 'admin-inbox.connect', config: may('inboxes.connect') },
    {
      method: 'GET',
      path: '/inboxes/:documentId',
      handler: 'admin-inbox.findOne',
      config: may('inboxes.read'),
    },
    {
      method: 'PUT',
      path: '/inboxes/:documentId',
      handler: 'admin-inbox.edit',
      config: may('inboxes.connect'),
    },
    {
      method: 'PUT',
      path: '/inboxes/:documentId/folders',
      handler: 'admin-inbox.chooseFolders',
      config: may('inboxes.connect'),
    },
    {
      method: 'POST',
      path: '/inboxes/:documentId/actions/:action',
      handler: 'admin-inbox.act',
      config: may('inboxes.connect'),
    },
    {
      method: 'GET',
      path: `${record}/contact`,
      handler: 'admin-thread.contact',
      config: may('threads.read'),
    },
    { method: 'GET', path: `${record}/threads`, handler: 'admin-thread.find', config: may('threads.read') },
    {
      method: 'GET',
      path: `${record}/attachments`,
      handler: 'admin-thread.findAttachments',
      config: may('threads.read'),
    },
    {
      method: 'GET',
      path: '/threads/:documentId',
      handler: 'admin-thread.findOne',
      config: may('threads.read'),
    },
    { method: 'GET', path: '/news', handler: 'admin-thread.news', config: may('threads.read') },
    {
      method: 'GET',
      path: '/attachments/:documentId/file',
      handler: 'admin-attachment.file',
      config: may('threads.read'),
    },
    { method: 'POST', path: '/messages', handler: 'admin-message.send', config: may('messages.send') },
  ],
});
