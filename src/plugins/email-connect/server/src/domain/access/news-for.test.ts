import { newsFor } from './news-for';
import type { NewsCaller, NewsSubject } from './news-for';
import { nobody } from './sight';
import type { SeenHolding } from './sight';

const cleo = { contactType: 'api::person.person', documentId: 'cleo' };
const dora = { contactType: 'api::person.person', documentId: 'dora' };
const news = (...contacts: NewsSubject['contacts']): NewsSubject => ({
  inboxDocumentId: 'uma',
  threadDocumentId: 'talk',
  contacts,
});
const caller = (change: Partial<NewsCaller> = {}): NewsCaller => ({
  ...nobody,
  readsInboxes: false,
  ...change,
});

/** Uma's inbox recorded it. */
const heldByUma = (...levels: SeenHolding['levels']): SeenHolding[] => [
  { inboxDocumentId: 'uma', holds: true, decides: true, levels, isGranted: false, isHidden: false },
];
const holdings = heldByUma('full');

describe('w55: news of a message', () => {
  test.each([
    ['reads a record that it stands on', caller({ readable: [cleo] }), news(cleo, dora), [cleo]],
    ['reads all of them', caller({ readable: [cleo, dora] }), news(cleo, dora), [cleo, dora]],
    ['owns its inbox', caller({ inboxDocumentIds: ['uma'] }), news(cleo), []],
    ['owns its inbox, and it stands nowhere', caller({ inboxDocumentIds: ['uma'] }), news(), []],
    ['manages inboxes, and it stands nowhere', caller({ managesAll: true }), news(), []],
  ])('reach whoever %s', (_who, who, item, contacts) => {
    expect(newsFor(item, who, holdings)).toEqual({ ...item, contacts });
  });

  test.each([
    ['reads no record that it stands on', caller({ readable: [dora] }), news(cleo)],
    ['reads records, and it stands nowhere', caller({ readable: [dora], readsAll: true }), news()],
    ['manages inboxes, and it stands on a record', caller({ managesAll: true }), news(cleo)],
    ['owns another inbox', caller({ inboxDocumentIds: ['vic'] }), news(cleo)],
    ['sees the list of inboxes', caller({ readsInboxes: true }), news(cleo)],
  ])('do not reach whoever %s', (_who, who, item) => {
    expect(newsFor(item, who, holdings)).toBeNull();
  });
});

describe('w58, w59: news of what is not full', () => {
  const who = caller({ readable: [cleo] });

  test('reach whoever is told its facts, and its owner', () => {
    expect(newsFor(news(cleo), who, heldByUma('full', 'facts'))).toEqual(news(cleo));
    expect(newsFor(news(cleo), caller({ inboxDocumentIds: ['uma'] }), heldByUma('private'))).toEqual(news());
  });

  test('reach nobody else where it is private', () => {
    expect(newsFor(news(cleo), who, heldByUma('private'))).toBeNull();
  });
});

describe('w66: news for one user', () => {
  const item = { ...news(), userDocumentId: 'mia' };

  test('reach them, whatever else they see', () => {
    expect(newsFor(item, caller({ userDocumentId: 'mia' }), [])).toEqual(item);
  });

  test('reach nobody else: who asks is told to the owner alone', () => {
    for (const who of [
      caller({ inboxDocumentIds: ['uma'] }),
      caller({ managesAll: true, readsInboxes: true }),
    ])
      expect(newsFor(item, { ...who, userDocumentId: 'tom' }, holdings)).toBeNull();
  });
});

describe('news of an inbox', () => {
  const item: NewsSubject = { ...news(), threadDocumentId: null };

  test('reach its owner, and whoever sees the list of inboxes', () => {
    expect(newsFor(item, caller({ inboxDocumentIds: ['uma'] }), [])).toEqual(item);
    expect(newsFor(item, caller({ readsInboxes: true }), [])).toEqual(item);
  });

  test('reach nobody else', () => {
    expect(newsFor(item, caller({ readable: [cleo], inboxDocumentIds: ['vic'] }), [])).toBeNull();
  });
});
