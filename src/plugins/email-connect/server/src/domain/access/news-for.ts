import type { LinkedContact } from '../outgoing/outgoing';
import { isOwn, levelForOthers } from './sight';
import type { Caller, SeenHolding } from './sight';
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
  /** Nobody but this admin user is told. */
  userDocumentId?: string | undefined;
}

/**
 * News as this caller is told them: of a message only where they see it, with those of its records that they may read.
 * `holdings`: of the message.
 */
export const newsFor = <Item extends NewsSubject>(
  item: Item,
  caller: NewsCaller,
  holdings: readonly SeenHolding[]
): Item | null => {
  if (item.userDocumentId !== undefined) return item.userDocumentId === caller.userDocumentId ? item : null;
  const isOfTheirs = caller.inboxDocumentIds.includes(item.inboxDocumentId);
  if (item.threadDocumentId === null) return isOfTheirs || caller.readsInboxes ? item : null;
  const readable = new Set(caller.readable.map(recordKey));
  const contacts = item.contacts.filter((contact) => readable.has(recordKey(contact)));
  const isUnassigned = item.contacts.length === 0;
  const isTold = contacts.length > 0 && levelForOthers(holdings) !== 'private';
  const isSeen = isTold || isOwn(caller, holdings) || (isUnassigned && caller.managesAll);
  return isSeen ? { ...item, contacts } : null;
};
