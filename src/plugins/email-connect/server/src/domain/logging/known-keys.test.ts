import { candidateWith, id } from '../../testing/fakes/build-mail';
import { citedFirst } from './cited-first';
import { envelopeIdOf, rootKeyOf, splitKeyOf } from './known-keys';

describe('the key of a new thread', () => {
  it.each([
    ['the oldest reference', { references: [id('a@x'), id('b@x')], inReplyTo: [id('b@x')] }, 'root a@x'],
    ['what it answers', { inReplyTo: [id('b@x'), id('a@x')] }, 'root a@x'],
    ['itself', {}, 'root in.1@customer.test'],
  ])('names %s', (_, headers, key) => {
    expect(rootKeyOf(candidateWith(headers))).toBe(key);
  });

  it.each([[null], [id('@')]])(
    'c31: names what tells mails apart, without a plausible id: %s',
    (messageId) => {
      expect(rootKeyOf(candidateWith({ messageId }))).toMatch(/^root synthetic .*ann@customer.test/);
    }
  );

  it('of what splits off names its parent and its subject', () => {
    expect(splitKeyOf('T', 'party')).toBe('split T party');
  });
});

it('an envelope id is compared like any other id', () => {
  expect(envelopeIdOf('<Sent.1@CRM.test>')).toEqual(['Sent.1@crm.test']);
  expect(envelopeIdOf('')).toEqual([]);
});

describe('mails of a chunk in the order in which they cite each other', () => {
  const order = (...mails: string[]) =>
    citedFirst(
      mails.map((text) => {
        const [messageId = '', ...cited] = text.split(' ');
        return candidateWith({ messageId: id(messageId), references: cited.map(id) });
      })
    );

  it.each<[string, string[], number[]]>([
    ['strangers as they came', ['a', 'b'], [0, 1]],
    ['a chain backwards', ['c b', 'b a', 'a'], [2, 1, 0]],
    ['two answers to one', ['b a', 'c a', 'a'], [2, 0, 1]],
    ['a circle', ['a b', 'b a'], [1, 0]],
    ['a mail that cites itself', ['a a'], [0]],
    ['one id twice', ['b a', 'a', 'a'], [2, 1, 0]],
    ['ids that are not here', ['a x', 'b y'], [0, 1]],
  ])('%s', (_, mails, expected) => {
    expect(order(...mails)).toEqual(expected);
  });

  it('a chain of 20,000 breaks no stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => `m${i} m${i + 1}`);
    expect(order(...chain).at(-1)).toBe(0);
  });
});
