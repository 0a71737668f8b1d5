import type { Inbox } from '../../domain/inbox/inbox';
import type { InboxProgress, Ports } from '../../ports';

/** Whether the inbox is connected, so that its loops run. */
export const isRunnable = ({ state }: Pick<Inbox, 'state'>): boolean => state !== 'disconnected';

export const isReadable = (inbox: Pick<Inbox, 'state'>): boolean =>
  isRunnable(inbox) && inbox.state !== 'paused';

/**
 * Resolves with null, and writes nothing, where a person changed the inbox meanwhile: the person's change decides its
 * state.
 */
export const recordState = async (
  ports: Pick<Ports, 'inboxes' | 'news'>,
  inbox: Inbox,
  progress: InboxProgress
): Promise<Inbox | null> => {
  if (!(await ports.inboxes.recordState(inbox, progress))) return null;
  const recorded = { ...inbox, ...progress };
  if (recorded.state !== inbox.state) await announceInbox(ports, inbox, 'inbox.changed');
  return recorded;
};

export const announceInbox = (
  { news }: Pick<Ports, 'news'>,
  { documentId }: Inbox,
  kind: 'inbox.changed' | 'inbox.recovered'
): Promise<void> =>
  news.announce({
    kind,
    inboxDocumentId: documentId,
    threadDocumentId: null,
    messageDocumentId: null,
    contacts: [],
  });
