/** Reading for programs. Handlers are named find and findOne, so that read-only tokens pass. */
const route = (path: string, handler: string) => ({
  method: 'GET',
  path,
  handler,
  config: { middlewares: ['plugin::email-connect.site-tokens'] },
});

const readable = (path: string, controller: string) => [
  route(path, `${controller}.find`),
  route(`${path}/:id`, `${controller}.findOne`),
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
  ],
});
