import type { SeenInbox } from '../../../shared/contracts/inbox';

interface InboxOption {
  documentId: string;
  /** null: the inbox is not there any more. */
  words: string | null;
}

/** The inboxes to choose from, by name and address; the chosen one is among them even when it is not there. */
export const inboxOptions = (
  inboxes: readonly Pick<SeenInbox, 'documentId' | 'label' | 'address'>[],
  chosen: string | null
): InboxOption[] => {
  const options: InboxOption[] = inboxes.map(({ documentId, label, address }) => ({
    documentId,
    words: label === '' || label === address ? address : `${label} (${address})`,
  }));
  const isThere = chosen === null || options.some(({ documentId }) => documentId === chosen);
  return isThere ? options : [...options, { documentId: chosen, words: null }];
};
