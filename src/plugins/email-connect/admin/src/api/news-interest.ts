import type { NewsItem } from '../../../shared/contracts/news';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { unreachable } from '../../../shared/unreachable';
import type { NewsCall } from './news-loop';

/** The news that a page needs: about one record's mail, one conversation, one inbox, all inboxes, or what
 * colleagues ask the user. */
export type NewsInterest =
  | { about: 'contact'; contact: ContactRef }
  | { about: 'thread'; threadDocumentId: string }
  | { about: 'inbox'; inboxDocumentId: string }
  | { about: 'inboxes' }
  | { about: 'questions' };

/** The kinds of news that change a list of inboxes: the state of reading and sending, not mail that arrived. */
const changesAnInbox: ReadonlySet<NewsItem['kind']> = new Set([
  'inbox.changed',
  'message.changed',
  'message.sent',
  'message.failed',
]);

const concerns = (item: NewsItem, interest: NewsInterest): boolean => {
  switch (interest.about) {
    case 'contact':
      return item.contacts.some(
        ({ contactType, documentId }) =>
          contactType === interest.contact.contactType && documentId === interest.contact.documentId
      );
    case 'thread':
      return item.threadDocumentId === interest.threadDocumentId;
    case 'inbox':
      return item.inboxDocumentId === interest.inboxDocumentId;
    case 'inboxes':
      return changesAnInbox.has(item.kind);
    case 'questions':
      return item.kind === 'access.asked';
    default:
      return unreachable(interest);
  }
};

/** Whether a call gives a page with this interest a reason to load anew. */
export const isNewsFor = (interest: NewsInterest, call: NewsCall): boolean =>
  call.mayHaveMissed || call.items.some((item) => concerns(item, interest));
