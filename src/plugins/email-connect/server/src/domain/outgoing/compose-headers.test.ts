import fc from 'fast-check';
import { id } from '../../testing/fakes/build-mail';
import { extractIds } from '../identification/extract-ids';
import { bracketed } from '../identification/message-id';
import type { MessageId } from '../identification/message-id';
import { composeHeaders } from './compose-headers';

const compose = (answers: MessageId | null, earlier: MessageId[]) =>
  composeHeaders({
    messageId: id('new@crm.test'),
    threadToken: id('t.1@crm.test'),
    threadIndexBase64: 'AQ==',
    subject: 'Re: [EXT] Offer',
    answers,
    earlier,
  });
const ids = (...numbers: number[]) => numbers.map((number) => id(`m${number}@x.test`));
const upTo = (count: number) => ids(...Array.from({ length: count }, (_, i) => i + 1));

it('starts a thread: the token alone, nothing answered', () => {
  expect(compose(null, [])).toEqual({
    messageId: 'new@crm.test',
    inReplyTo: null,
    references: ['t.1@crm.test'],
    threadIndex: 'AQ==',
    threadTopic: 'Offer',
  });
});

it.each<[string, MessageId | null, MessageId[], MessageId[]]>([
  ['the answered id last', id('m2@x.test'), ids(1, 2), ids(1, 2)],
  ['the answered id although the thread does not list it', id('m9@x.test'), ids(1, 2), ids(1, 2, 9)],
  ['nothing that came after the answered one', id('m2@x.test'), ids(1, 2, 3, 4), ids(1, 2)],
  ['each once', id('m3@x.test'), ids(1, 1, 2, 3), ids(1, 2, 3)],
  [
    'neither the token nor itself again',
    id('m2@x.test'),
    [id('t.1@crm.test'), id('new@crm.test'), ...ids(1, 2)],
    ids(1, 2),
  ],
  ['the nearest 20 of a long thread', id('m30@x.test'), upTo(30), upTo(30).slice(9)],
  ['the thread, when nothing is answered', null, ids(1, 2), ids(1, 2)],
])('references %s', (_, answers, earlier, expected) => {
  const { references, inReplyTo } = compose(answers, earlier);
  expect(references).toEqual(['t.1@crm.test', ...expected]);
  expect(inReplyTo).toBe(answers);
});

it('c35: stays below 900 bytes, with the token first and the answered id last, and is read back whole', () => {
  const anyId = fc.stringMatching(/^[a-z0-9.]{1,150}@[a-z0-9]{1,60}\.test$/).map(id);
  fc.assert(
    fc.property(fc.uniqueArray(anyId, { maxLength: 40 }), anyId, (earlier, answers) => {
      const { references } = compose(answers, earlier);
      const value = references.map(bracketed).join(' ');
      expect(value.length).toBeLessThan(900);
      expect([references[0], references.at(-1)]).toEqual(['t.1@crm.test', answers]);
      expect(extractIds([value])).toEqual(references);
    })
  );
});

it('c35: keeps the nearest of what fits into 900 bytes', () => {
  const long = (number: number) => id(`${'a'.repeat(90)}${number}@x.test`); // 101 bytes with brackets and a space
  const { references } = compose(long(9), [1, 2, 3, 4, 5, 6, 7, 8, 9].map(long));
  expect(references).toEqual(['t.1@crm.test', ...[2, 3, 4, 5, 6, 7, 8, 9].map(long)]);
  expect(references.map(bracketed).join(' ').length).toBe(822);
});

it('keeps the token and the answered id however long that is', () => {
  const answers = id(`${'a'.repeat(950)}@x.test`);
  expect(compose(answers, ids(1, 2)).references).toEqual(['t.1@crm.test', answers]);
});
