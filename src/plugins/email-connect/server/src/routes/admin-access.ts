import { route } from './route';

const thread = '/threads/:documentId';
const message = '/messages/:documentId';

/** How much others are told of mail. Every handler also checks what the caller sees or owns (S42). */
export const adminAccessRoutes = [
  route('PUT', '/inboxes/:documentId/level', 'admin-access.chooseForInbox', 'inboxes.connect'),
  route('GET', `${thread}/access`, 'admin-access.findOne', 'threads.read'),
  route('PUT', `${thread}/level`, 'admin-access.chooseForThread', 'threads.read'),
  route('GET', `${message}/access`, 'admin-access.findOfMessage', 'threads.read'),
  route('PUT', `${message}/level`, 'admin-access.chooseForMessage', 'threads.read'),
  route('POST', `${thread}/access-requests`, 'admin-access.ask', 'threads.read'),
  route('GET', '/access-requests', 'admin-access.findRequests', 'threads.read'),
  route('POST', '/access-requests/:id', 'admin-access.answer', 'threads.read'),
];
