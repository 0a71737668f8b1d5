import type { Inbox } from '../domain/inbox/inbox';
import type { Ports } from '../ports';

/** Connected at all: the loops run. */
export const isRunnable = (inbox: Inbox): boolean => inbox.state !== 'disconnected';

export const isReadable = (inbox: Inbox): boolean => isRunnable(inbox) && inbox.state !== 'paused';

/** A person's pause or disconnect, made meanwhile, is not written over. */
export const recordState = async (
  ports: Ports,
  inbox: Inbox,
  change: Partial<Omit<Inbox, 'documentId'>>
): Promise<void> => {
  const stored = await ports.inboxes.load(inbox.documentId);
  if (!stored || !isReadable(stored)) return;
  await ports.inboxes.update(inbox.documentId, change, ['paused', 'disconnected']);
  if (change.state && change.state !== stored.state) await announceInbox(ports, inbox, 'inbox.changed');
};

export const announceInbox = (
  ports: Ports,
  inbox: Inbox,
  kind: 'inbox.changed' | 'inbox.recovered'
): Promise<void> =>
  ports.news.announce({ kind, inboxDocumentId: inbox.documentId, threadDocumentId: null, contacts: [] });
