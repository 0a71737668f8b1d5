/** Reading for programs. Handlers are named find and findOne, so that read-only tokens pass. */
const readable = (path: string, controller: string) => [
  { method: 'GET', path, handler: `${controller}.find` },
  { method: 'GET', path: `${path}/:id`, handler: `${controller}.findOne` },
];

export const contentApiRoutes = () => ({
  type: 'content-api' as const,
  routes: [
    ...readable('/contacts', 'contact'),
    ...readable('/threads', 'email-thread'),
    ...readable('/messages', 'email-message'),
    ...readable('/attachments', 'attachment'),
    ...readable('/inboxes', 'inbox'),
    { method: 'GET', path: '/attachments/:id/file', handler: 'attachment-file.findOne' },
    { method: 'GET', path: '/records/:contactType/:documentId/threads', handler: 'record-thread.find' },
  ],
});
