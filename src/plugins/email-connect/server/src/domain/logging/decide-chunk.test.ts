import fc from 'fast-check';
import { candidateWith, contextWith, factsWith, id, threadWith } from '../../testing/fakes/build-mail';
import { decideChunk } from './decide-chunk';
import type { Decision, Verdict } from './verdict';

const context = contextWith();

/** `id` or `id answered`. */
const mail = (text: string) => {
  const [messageId = '', answered] = text.split(' ');
  return candidateWith({ messageId: id(messageId), inReplyTo: answered ? [id(answered)] : [] });
};

const kinds = (decisions: Decision[]) => decisions.map(({ verdict }) => verdict.kind);

describe('the verdicts of a chunk', () => {
  test.each<[string, string[], Verdict['kind'][]]>([
    ['a stranger alone', ['a@x'], ['ignore']],
    ['P5: parent, then child', ['a@x sent.1@crm.test', 'b@x a@x'], ['log', 'log']],
    ['P5: child before its parent', ['b@x a@x', 'a@x sent.1@crm.test'], ['log', 'log']],
    [
      'P5: three generations, backwards',
      ['c@x b@x', 'b@x a@x', 'a@x sent.1@crm.test'],
      ['log', 'log', 'log'],
    ],
    ['two strangers who answer each other', ['a@x b@x', 'b@x a@x'], ['ignore', 'ignore']],
    ['the same mail twice: the record tells', ['a@x sent.1@crm.test', 'a@x sent.1@crm.test'], ['log', 'log']],
  ])('%s', (_, mails, expected) => {
    expect(kinds(decideChunk(mails.map(mail), factsWith(), context))).toEqual(expected);
  });

  test('S22: whoever a contact brings in may be answered in the same chunk', () => {
    const answer = candidateWith({
      messageId: id('b@crm.test'),
      inReplyTo: [id('a@x')],
      from: [{ address: 'us@crm.test', displayName: '' }],
      to: [{ address: 'assistant@customer.test', displayName: '' }],
    });
    const introduction = candidateWith({
      messageId: id('a@x'),
      inReplyTo: [id('sent.1@crm.test')],
      cc: [{ address: 'assistant@customer.test', displayName: '' }],
    });
    expect(kinds(decideChunk([answer, introduction], factsWith(), context))).toEqual(['log', 'log']);
    const citing = { ...answer, headers: { ...answer.headers, inReplyTo: [id('sent.1@crm.test')] } };
    expect(kinds(decideChunk([citing, introduction], factsWith(), context))).toEqual(['log', 'log']);
    expect(kinds(decideChunk([citing], factsWith(), context))).toEqual(['ignore']);
  });

  test('P5: mails of one conversation are all logged, in whatever order they came', () => {
    const places = Array.from({ length: 12 }, (_, i) => i);
    const conversation = fc.tuple(
      fc.tuple(...places.map((i) => fc.integer({ min: -1, max: i - 1 }))),
      fc.shuffledSubarray(places, { minLength: places.length })
    );
    fc.assert(
      fc.property(conversation, ([parents, order]) => {
        const mails = order.map((i) => {
          const parent = parents[i] ?? -1;
          return mail(`m${i}@x ${parent < 0 ? 'sent.1@crm.test' : `m${parent}@x`}`);
        });
        expect(new Set(kinds(decideChunk(mails, factsWith(), context)))).toEqual(new Set(['log']));
      })
    );
  });

  test('P5: a chain of a whole chunk is gone through once, forwards and backwards', () => {
    const chain = Array.from({ length: 500 }, (_, i) =>
      mail(`m${i}@x ${i === 0 ? 'sent.1@crm.test' : `m${i - 1}@x`}`)
    );
    for (const mails of [chain, [...chain].reverse()]) {
      let asked = 0;
      const ids = new Map(factsWith().ids);
      const counting = {
        ...context,
        isMinted: () => {
          asked += 1;
          return false;
        },
      };
      expect(new Set(kinds(decideChunk(mails, factsWith({ ids }), counting)))).toEqual(new Set(['log']));
      expect(asked).toBeLessThan(2 * chain.length);
    }
  });

  test('P5: mails that cite each other, one of them a known mail', () => {
    const circle = [
      mail('a@x b@x'),
      mail('b@x c@x'),
      candidateWith({ messageId: id('c@x'), inReplyTo: [id('a@x')], references: [id('sent.1@crm.test')] }),
    ];
    expect(kinds(decideChunk(circle, factsWith(), context))).toEqual(['log', 'log', 'log']);
  });

  describe('a thread that is begun in the chunk', () => {
    const logFolder = contextWith({ folderRole: 'log' });
    const verdicts = (mails: string[], where = logFolder) =>
      decideChunk(mails.map(mail), factsWith(), where).map(({ verdict }) => verdict);

    test.each<[string, string[]]>([
      ['in order', ['a@x', 'b@x a@x', 'c@x b@x']],
      ['backwards', ['c@x b@x', 'b@x a@x', 'a@x']],
    ])('c46: takes in what answers it, and each says how it begins: %s', (_, mails) => {
      const begins = { subject: 'Offer', baseSubject: 'offer', continuesDocumentId: null };
      for (const verdict of verdicts(mails)) {
        expect(verdict).toMatchObject({ kind: 'log', threadDocumentId: 'thread of root a@x', begins });
      }
    });

    test('c38: so does what splits off a thread', () => {
      const split = candidateWith({
        messageId: id('a@x'),
        inReplyTo: [id('sent.1@crm.test')],
        subject: 'Party',
      });
      const answer = candidateWith({ messageId: id('b@x'), inReplyTo: [id('a@x')], subject: 'Re: Party' });
      const back = candidateWith({ messageId: id('c@x'), inReplyTo: [id('sent.1@crm.test')] });
      expect(
        decideChunk([answer, split, back], factsWith(), context).map(({ verdict }) => verdict)
      ).toMatchObject([
        { threadDocumentId: 'thread of split T party', begins: { continuesDocumentId: 'T' } },
        { threadDocumentId: 'thread of split T party', begins: { continuesDocumentId: 'T' } },
        { threadDocumentId: 'T', begins: null },
      ]);
    });
  });

  test('what a thread of the records is called by holds: nobody draws it away in the chunk', () => {
    const thief = candidateWith({
      messageId: id('thief@x'),
      references: [id('own@V')],
      threadIndexRoot: '01aa',
    });
    const reply = candidateWith({ messageId: id('b@x'), threadIndexRoot: '01aa' });
    const ids = new Map([
      [id('own@V'), { kind: 'own', threadDocumentId: 'V', messageDocumentId: null } as const],
    ]);
    const threads = new Map(['T', 'V'].map((documentId) => [documentId, threadWith({ documentId })]));
    const decisions = decideChunk([thief, reply], factsWith({ ids, threads }), context);
    expect(decisions.map(({ verdict }) => verdict)).toMatchObject([
      { threadDocumentId: 'V' },
      { threadDocumentId: 'T' },
    ]);
  });

  test("c36: Thread-Index and the server's thread are learned from what is logged", () => {
    const first = candidateWith(
      { inReplyTo: [id('sent.1@crm.test')], threadIndexRoot: '01ee' },
      { serverThreadId: '17' }
    );
    const byIndex = candidateWith({ messageId: id('b@x'), threadIndexRoot: '01ee' });
    const byServer = candidateWith({ messageId: id('c@x') }, { serverThreadId: '17' });
    expect(kinds(decideChunk([byServer, byIndex, first], factsWith(), context))).toEqual([
      'log',
      'log',
      'log',
    ]);
  });

  test('c37: the id under which our own mail came back is known to what answers it', () => {
    const copy = candidateWith({
      messageId: id('new@ms'),
      originalMessageIds: [id('sent.1@crm.test')],
      from: [{ address: 'us@crm.test', displayName: '' }],
    });
    const inSent = { ...context, folderUse: 'sent' as const };
    const sentTo = { to: [{ address: 'ann@customer.test', displayName: '' }] };
    const answer = candidateWith({ messageId: id('b@x'), inReplyTo: [id('new@ms')], ...sentTo });
    expect(kinds(decideChunk([answer, copy], factsWith(), inSent))).toEqual(['log', 'known']);
    expect(kinds(decideChunk([answer, copy], factsWith(), context))).toEqual(['ignore', 'known']);
  });
});
