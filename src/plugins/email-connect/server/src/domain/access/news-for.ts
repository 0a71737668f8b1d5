import type { NewsItem } from '../../../../shared/contracts/news';
import type { Caller } from './sight';
import { recordKey } from './standing';

export interface NewsCaller extends Caller {
  /** They see the list of inboxes, and how each is. */
  readsInboxes: boolean;
}

/** News as this caller is told them: of a message only where they see it, with those of its records that they may read. */
export const newsFor = (item: NewsItem, caller: NewsCaller): NewsItem | null => {
  const isOwn = caller.inboxDocumentIds.includes(item.inboxDocumentId);
  if (item.threadDocumentId === null) return isOwn || caller.readsInboxes ? item : null;
  const readable = new Set(caller.readable.map(recordKey));
  const contacts = item.contacts.filter((contact) => readable.has(recordKey(contact)));
  const isUnassigned = item.contacts.length === 0;
  const isSeen = contacts.length > 0 || isOwn || (isUnassigned && caller.managesAll);
  return isSeen ? { ...item, contacts } : null;
};
