import { limited, route } from './route';

const record = '/records/:contactType/:documentId';
const one = '/threads/:documentId';
const message = '/messages/:documentId';

/** Mail on contacts. Every handler also checks whether the caller may read the contact (S32). */
export const adminThreadRoutes = [
  route('GET', `${record}/contact`, 'admin-thread.contact', 'threads.read'),
  route(
    'POST',
    `${record}/addresses/confirm`,
    'admin-thread.confirmAddress',
    'threads.read',
    'threads.manage'
  ),
  route('PUT', `${record}/pause`, 'admin-upkeep.pauseContact', 'threads.read', 'threads.manage'),
  route('GET', `${record}/deletion`, 'admin-leaving.ask', 'threads.read', 'threads.manage'),
  route('PUT', `${record}/deletion`, 'admin-leaving.choose', 'threads.read', 'threads.manage'),
  route('GET', '/unassigned-threads', 'admin-leaving.findUnassigned', 'threads.read'),
  route('GET', '/unconfirmed-addresses', 'admin-thread.findUnconfirmed', 'threads.read', 'threads.manage'),
  route('GET', `${record}/threads`, 'admin-thread.find', 'threads.read'),
  route('GET', `${record}/attachments`, 'admin-thread.findAttachments', 'threads.read'),
  route('GET', one, 'admin-thread.findOne', 'threads.read'),
  route('GET', `${one}/messages`, 'admin-thread.findMessages', 'threads.read'),
  route('POST', `${one}/state`, 'admin-upkeep.setState', 'threads.read', 'threads.manage'),
  route('POST', `${one}/unlog`, 'admin-upkeep.unlog', 'threads.read', 'threads.manage'),
  route('POST', `${one}/relog`, 'admin-upkeep.relog', 'threads.read', 'threads.manage'),
  route('GET', '/news', 'admin-thread.news', 'threads.read'),
  route('GET', '/attachments/:documentId/file', 'admin-attachment.file', 'threads.read'),
  route('POST', '/attachments/:documentId/fetch', 'admin-attachment.fetch', 'threads.read'),
  limited('send', route('POST', '/messages', 'admin-message.send', 'messages.send')),
  route('POST', `${message}/cancel`, 'admin-message.cancel', 'threads.read', 'messages.send'),
  route('POST', `${message}/release`, 'admin-message.release', 'threads.read', 'messages.send'),
  limited(
    'send',
    route('POST', `${message}/settle`, 'admin-message.settle', 'threads.read', 'messages.send')
  ),
  route('GET', message, 'admin-thread.findMessage', 'threads.read'),
  route('DELETE', message, 'admin-upkeep.removeMessage', 'threads.read', 'threads.manage'),
];
