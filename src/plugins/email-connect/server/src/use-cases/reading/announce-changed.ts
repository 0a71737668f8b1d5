import type { MessageToFind, Ports } from '../../ports';
import type { Pass } from './pass';

/** Open pages show a message anew. */
export const announceChanged = async (
  { threads, news }: Pick<Ports, 'threads' | 'news'>,
  { inbox }: Pick<Pass, 'inbox'>,
  { messageDocumentId, threadDocumentId }: MessageToFind
): Promise<void> => {
  const contacts = await threads.contactsOf(messageDocumentId);
  await news.announce({
    kind: 'message.changed',
    inboxDocumentId: inbox.documentId,
    threadDocumentId,
    messageDocumentId,
    contacts,
  });
};
