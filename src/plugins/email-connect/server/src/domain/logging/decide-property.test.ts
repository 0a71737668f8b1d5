import fc from 'fast-check';
import { candidateWith, contextWith, factsWith, id, threadWith } from '../../testing/fakes/build-mail';
import type { Candidate, DeliveryReport } from '../message/message';
import { decide } from './decide';
import type { DecisionContext } from './decision-context';
import type { KnownId, LoggingFacts } from './verdict';

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const messageId = pick('a@x', 'b@x', 'c@x', 'd@x', 'token@crm', 'lost@crm', '<@>').map(id);
const addresses = fc
  .array(
    pick(
      'us@crm.test',
      'colleague@crm.test',
      'ann@customer.test',
      'Bob@Else.test',
      'log@crm.test',
      '',
      '@',
      'nobody'
    ),
    { maxLength: 3 }
  )
  .map((list) => list.map((address) => ({ address, displayName: '' })));
const time = pick('2026-02-20T09:00:00.000Z', '2026-03-01T10:00:00.000Z', 'not a time');
const subject = fc.oneof(
  pick('Re: Offer', 'Offer', 'Fwd: Offer', 'Party', 'Undeliverable: Offer', '', 'Re:'),
  fc.string()
);

const candidate: fc.Arbitrary<Candidate> = fc
  .record({
    headers: fc.record({
      messageId: fc.option(messageId),
      inReplyTo: fc.array(messageId, { maxLength: 3 }),
      references: fc.array(messageId, { maxLength: 5 }),
      originalMessageIds: fc.array(messageId, { maxLength: 1 }),
      threadIndexRoot: pick(null, '01aa', '01ff'),
      from: addresses,
      sender: addresses,
      replyTo: addresses,
      to: addresses,
      cc: addresses,
      subject,
      sentAt: fc.option(time),
      contentType: pick('text/plain', 'multipart/report; report-type=delivery-status', ''),
      autoSubmitted: pick('', 'auto-replied'),
      deliveredTo: fc.array(pick('log@crm.test', 'us@crm.test', '')),
      authenticationResults: fc.array(
        fc.oneof(pick('mx.crm.test; dmarc=pass', 'mx.evil.test; dmarc=pass', '('), fc.string())
      ),
    }),
    candidate: fc.record({
      receivedAt: time,
      isDraft: fc.boolean(),
      labels: fc.array(pick('sent', 'inbox'), { maxLength: 1 }),
      serverThreadId: pick(null, '17', '18'),
      returned: fc.option(
        fc.record({
          messageIds: fc.array(messageId),
          envelopeId: pick('', 'a@x'),
          recipients: fc.constant<DeliveryReport[]>([]),
        })
      ),
    }),
  })
  .map(({ headers, candidate: change }) => candidateWith(headers, change));

const stateOf = pick<'open' | 'muted' | 'unlogged'>('open', 'muted', 'unlogged');
const factsWhere = (state: typeof stateOf): fc.Arbitrary<LoggingFacts> =>
  fc
    .record({
      ids: fc.array(
        fc.tuple(
          messageId,
          fc.record({
            kind: pick<KnownId['kind']>('own', 'alias', 'token'),
            threadDocumentId: pick('T', 'V', 'gone'),
            messageDocumentId: pick(null, 'M1'),
          })
        )
      ),
      states: fc.tuple(state, state, state),
      participants: fc.array(pick('us@crm.test', 'ann@customer.test', 'bob@else.test')),
      baseSubject: pick('offer', 'party', ''),
      lastMessageAt: fc.option(time),
      serverThreads: pick(new Map<string, string>(), new Map([['17', 'T']])),
      contacts: pick(new Set<string>(), new Set(['ann@customer.test'])),
      paused: pick(new Set<string>(), new Set(['ann@customer.test'])),
      removed: pick(new Set<string>(), new Set(['a@x'])),
    })
    .map(({ ids, states, participants, baseSubject, lastMessageAt, ...rest }) => {
      const names = ['T', 'V', 'thread of root a@x'];
      const threads = names.map((documentId, i) => {
        const one = {
          documentId,
          state: states[i]!,
          baseSubject,
          lastMessageAt,
          participants: new Set(participants),
        };
        return [documentId, threadWith(one)] as const;
      });
      return factsWith({ ...rest, ids: new Map(ids), threads: new Map(threads) });
    });

const context: fc.Arbitrary<DecisionContext> = fc
  .record({
    folderUse: pick('inbox' as const, 'sent' as const, 'all' as const, null),
    folderRole: pick('watch' as const, 'log' as const, 'unlog' as const),
    policy: pick('replies' as const, 'known-contacts' as const),
    logAddress: pick('', 'log@crm.test'),
    byHand: fc.boolean(),
  })
  .map((change) => contextWith({ ...change, isMinted: (one) => one.endsWith('@crm') }));

/** Mail as it mostly is: in a watched folder, with nobody asking for it. */
const plain = contextWith();
const runs = { numRuns: 1_000 };

it('P9: decides on anything, and says how: one step decided, the last', () => {
  fc.assert(
    fc.property(candidate, factsWhere(stateOf), context, (one, facts, where) => {
      const { steps } = decide(one, facts, where);
      expect(steps.map(({ outcome }) => outcome)).toEqual([...steps.slice(1).map(() => 'passed'), 'decided']);
      expect(steps.every(({ detail }) => detail.endsWith('.'))).toBe(true);
    }),
    runs
  );
});

it('S21: what was un-logged is neither logged nor asked about, by whatever way it comes', () => {
  fc.assert(
    fc.property(candidate, factsWhere(stateOf), context, (one, facts, where) => {
      const { verdict } = decide(one, facts, where);
      if (
        verdict.kind !== 'log' &&
        verdict.kind !== 'ask' &&
        verdict.kind !== 'unlog' &&
        verdict.kind !== 'known'
      )
        return;
      expect(facts.threads.get(verdict.threadDocumentId)?.state).not.toBe('unlogged');
    }),
    runs
  );
});

it('S21: where everything was un-logged, nothing that cites it is logged', () => {
  fc.assert(
    fc.property(candidate, factsWhere(fc.constant('unlogged')), context, (one, facts, where) => {
      const { inReplyTo, references } = one.headers;
      fc.pre([...inReplyTo, ...references].some((cited) => facts.ids.has(cited)));
      expect(['ignore', 'hold']).toContain(decide(one, facts, where).verdict.kind);
    }),
    runs
  );
});

it('S15: in which order the references stand does not change whether one is known', () => {
  fc.assert(
    fc.property(
      candidate,
      factsWhere(fc.constant('open')),
      fc.integer({ min: 0, max: 5 }),
      (one, facts, shift) => {
        const { references } = one.headers;
        const turned = [...references.slice(shift), ...references.slice(0, shift)];
        const reasonOf = (order: typeof references) => {
          const { steps } = decide({ ...one, headers: { ...one.headers, references: order } }, facts, plain);
          return steps.some(({ step, value }) =>
            step === 'own-id' || step === 'references' ? value !== '' : false
          );
        };
        expect(reasonOf(turned)).toBe(reasonOf(references));
      }
    ),
    runs
  );
});

it('S18, S19: by default only what cites, or is, a known mail is logged', () => {
  fc.assert(
    fc.property(candidate, factsWhere(stateOf), (one, facts) => {
      const { verdict } = decide(one, facts, plain);
      if (verdict.kind !== 'log') return;
      const { headers, returned, serverThreadId } = one;
      const cited = [...headers.inReplyTo, ...headers.references, ...headers.originalMessageIds];
      const returnedIds = returned ? [...returned.messageIds, id(returned.envelopeId)] : [];
      expect(
        [...cited, ...returnedIds].some((known) => facts.ids.has(known)) ||
          facts.threadIndexRoots.has(headers.threadIndexRoot ?? '') ||
          facts.serverThreads.has(serverThreadId ?? '')
      ).toBe(true);
      expect(verdict.evidence.confidence).toBeGreaterThanOrEqual(0.9);
    }),
    runs
  );
});
