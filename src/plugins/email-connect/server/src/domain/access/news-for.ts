import type { LinkedContact } from '../outgoing/outgoing';
import type { Caller } from './sight';
import { recordKey } from './standing';

export interface NewsCaller extends Caller {
  /** They see the list of inboxes, and how each is. */
  readsInboxes: boolean;
}

/** Of whom and of what news tell. */
export interface NewsSubject {
  inboxDocumentId: string;
  /** null: news of the inbox itself. */
  threadDocumentId: string | null;
  /** The records on which the message stands. */
  contacts: LinkedContact[];
}

/** News as this caller is told them: of a message only where they see it, with those of its records that they may read. */
export const newsFor = <Item extends NewsSubject>(item: Item, caller: NewsCaller): Item | null => {
  const isOwn = caller.inboxDocumentIds.includes(item.inboxDocumentId);
  if (item.threadDocumentId === null) return isOwn || caller.readsInboxes ? item : null;
  const readable = new Set(caller.readable.map(recordKey));
  const contacts = item.contacts.filter((contact) => readable.has(recordKey(contact)));
  const isUnassigned = item.contacts.length === 0;
  const isSeen = contacts.length > 0 || isOwn || (isUnassigned && caller.managesAll);
  return isSeen ? { ...item, contacts } : null;
};
