import type { Ports } from '../../ports';

/** Whichever process holds the inbox looks at what a person asked of it. */
export const askInbox = async (
  { inboxes, wakeups }: Pick<Ports, 'inboxes' | 'wakeups'>,
  inboxDocumentId: string
): Promise<void> => {
  wakeups.wake(inboxDocumentId);
  await inboxes.ask(inboxDocumentId, { endsRest: false });
};
