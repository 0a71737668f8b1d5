import type { NewsItem } from '../../../shared/contracts/news';
import { isNewsFor, type NewsInterest } from './news-interest';

const ana = { contactType: 'api::person.person', documentId: 'ana' };
const received: NewsItem = {
  kind: 'message.received',
  inboxDocumentId: 'inbox-1',
  threadDocumentId: 'thread-1',
  messageDocumentId: null,
  contacts: [ana],
};
const changed: NewsItem = {
  kind: 'inbox.changed',
  inboxDocumentId: 'inbox-1',
  threadDocumentId: null,
  messageDocumentId: null,
  contacts: [],
};

const moved: NewsItem = { ...received, kind: 'message.changed' };
const asked: NewsItem = { ...received, kind: 'access.asked', contacts: [], userDocumentId: 'uma' };

describe('isNewsFor', () => {
  it.each<[string, NewsInterest, NewsItem, boolean]>([
    ['a mail of the contact', { about: 'contact', contact: ana }, received, true],
    [
      'a mail of another contact',
      { about: 'contact', contact: { ...ana, documentId: 'ben' } },
      received,
      false,
    ],
    [
      'the same document id in another content type',
      { about: 'contact', contact: { ...ana, contactType: 'api::company.company' } },
      received,
      false,
    ],
    ['a mail of the thread', { about: 'thread', threadDocumentId: 'thread-1' }, received, true],
    ['a mail of another thread', { about: 'thread', threadDocumentId: 'thread-2' }, received, false],
    [
      'S51: a mail of the thread whose state changed',
      { about: 'thread', threadDocumentId: 'thread-1' },
      moved,
      true,
    ],
    ['S51: the same for the record', { about: 'contact', contact: ana }, moved, true],
    ['S51: the same for the list of inboxes', { about: 'inboxes' }, moved, true],
    ['news of the inbox', { about: 'inbox', inboxDocumentId: 'inbox-1' }, changed, true],
    ['news of another inbox', { about: 'inbox', inboxDocumentId: 'inbox-2' }, changed, false],
    ['a change, for the list of inboxes', { about: 'inboxes' }, changed, true],
    ['a mail, for the list of inboxes', { about: 'inboxes' }, received, false],
    ['a question', { about: 'questions' }, asked, true],
    ['a mail, for questions', { about: 'questions' }, received, false],
    ['a question about the thread', { about: 'thread', threadDocumentId: 'thread-1' }, asked, true],
  ])('%s', (_name, interest, item, expected) => {
    expect(isNewsFor(interest, { items: [item], mayHaveMissed: false })).toBe(expected);
  });

  it('is news for everybody when something may have been missed', () => {
    expect(isNewsFor({ about: 'inboxes' }, { items: [], mayHaveMissed: true })).toBe(true);
  });
});
