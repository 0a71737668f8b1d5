import type { Ports } from '../../ports';

/** Asks the process that holds the inbox to look at a person's request. */
export const askInbox = async (
  { inboxes, wakeups }: Pick<Ports, 'inboxes' | 'wakeups'>,
  inboxDocumentId: string
): Promise<void> => {
  wakeups.wake(inboxDocumentId);
  await inboxes.ask(inboxDocumentId, { endsRest: false });
};
