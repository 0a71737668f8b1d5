/** Reading for programs. Handlers are named find and findOne, so that read-only tokens pass. */
const route = (path: string, handler: string, ...further: string[]) => ({
  method: 'GET',
  path,
  handler,
  config: { middlewares: ['site-tokens', ...further].map((name) => `plugin::email-connect.${name}`) },
});

const readable = (path: string, controller: string, ...further: string[]) => [
  route(path, `${controller}.find`, ...further),
  route(`${path}/:id`, `${controller}.findOne`, ...further),
];

export const contentApiRoutes = () => ({
  type: 'content-api' as const,
  routes: [
    ...readable('/contacts', 'contact'),
    ...readable('/threads', 'email-thread'),
    ...readable('/messages', 'email-message'),
    ...readable('/attachments', 'attachment'),
    ...readable('/inboxes', 'inbox'),
    route('/attachments/:id/file', 'attachment-file.findOne'),
    route('/records/:contactType/:documentId/threads', 'record-thread.find'),
    ...readable('/override/messages', 'override-message', 'override'),
    route('/override/attachments/:id/file', 'override-attachment-file.findOne', 'override'),
  ],
});
