import { contentTypes } from '../content-types';
import { explained, mayReadWords, openedFields, withOpened } from './words';

const message = 'plugin::email-connect.email-message';
const thread = 'plugin::email-connect.email-thread';
const readsWords = { readsWords: true, asksForOne: true };

describe('S33: what mails say', () => {
  it('is private in every type that has it, so that no relation leads to it', () => {
    const isPrivate = (attribute: object) => 'private' in attribute && attribute.private;
    const { text, html } = contentTypes['email-message'].schema.attributes;
    const { preview } = contentTypes['email-thread'].schema.attributes;
    expect([text, html, preview].map(isPrivate)).toEqual([true, true, true]);
  });

  it('is opened in a request for one mail, and of conversations, to whoever may read it', () => {
    expect(openedFields(message, readsWords)).toEqual(['text', 'html']);
    expect(openedFields(message, { ...readsWords, asksForOne: false })).toEqual([]);
    expect(openedFields(thread, readsWords)).toEqual(['preview']);
    expect(openedFields(thread, { ...readsWords, asksForOne: false })).toEqual(['preview']);
    expect(openedFields('plugin::email-connect.inbox', readsWords)).toEqual([]);
    for (const uid of [message, thread])
      expect(openedFields(uid, { ...readsWords, readsWords: false })).toEqual([]);
  });

  it('is opened in a copy: others go by the type itself', () => {
    const model = { uid: thread, attributes: { preview: { private: true }, threadToken: { private: true } } };
    expect(withOpened(model, ['preview'])).toEqual({
      uid: thread,
      attributes: { preview: { private: false }, threadToken: { private: true } },
    });
    expect(model.attributes.preview.private).toBe(true);
  });
});

describe('S33: who may read them', () => {
  const strapiThat = (verify: () => Promise<void>) =>
    ({ get: () => ({ verify }) }) as unknown as Parameters<typeof mayReadWords>[0];

  it('is asked of Strapi, and whatever goes wrong is a no', async () => {
    expect(
      await mayReadWords(
        strapiThat(() => Promise.resolve()),
        {}
      )
    ).toBe(true);
    expect(
      await mayReadWords(
        strapiThat(() => Promise.reject(new Error('Forbidden'))),
        {}
      )
    ).toBe(false);
  });
});

describe('S39: a question about them that is refused', () => {
  const refused = (key: string) => Object.assign(new Error(`Invalid key ${key}`), { details: { key } });

  it('says how they are read; another one stays as it is', () => {
    expect(explained(refused('preview'))).toMatchObject({
      message: expect.stringMatching(
        /^Invalid key preview\. .+GET \/messages\/:documentId.+email-message\.findOne/
      ),
    });
    expect(explained(refused('threadToken'))).toMatchObject({ message: 'Invalid key threadToken' });
    expect(explained('torn')).toBe('torn');
  });
});
