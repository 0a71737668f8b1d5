import type { ErrorCode } from '../errors';
import { finalStages, isFinal, outgoingStages, toldOf, unsentStages } from './stage';
import { submissionFailures } from './submission-failures';
import { disconnections, putOffMs, transitionOf } from './transition';
import type { OutgoingEvent, Transition } from './transition';

const MINUTE = 60_000;

const failed = (
  code: ErrorCode,
  more: Partial<Extract<OutgoingEvent, { kind: 'not-taken' }>> = {}
): Transition =>
  transitionOf({
    kind: 'not-taken',
    failure: { code, message: 'No.', nextStep: 'Wait.', detail: '550 no' },
    attempts: 1,
    isDoubted: false,
    isAnswered: false,
    ...more,
  });

const codes = Object.keys(submissionFailures) as ErrorCode[];

describe('S51: after a submission', () => {
  test.each(codes)(
    '%s: what is stored is what is told, and nothing told as refused is left queued',
    (code) => {
      const { to, waitMs } = failed(code);
      expect(['queued', 'unknown', 'held', 'refused']).toContain(to);
      expect(waitMs === null).toBe(to === 'refused' || to === 'held');
      expect(toldOf(to)).toBe(to === 'refused' ? 'failed' : to);
    }
  );

  test.each([
    ['CONNECTION_REFUSED', 1, 'queued', MINUTE],
    ['CONNECTION_TIMED_OUT', 2, 'queued', 5 * MINUTE],
    ['SERVER_THROTTLED', 5, 'queued', 360 * MINUTE],
    ['CONNECTION_REFUSED', 6, 'refused', null],
    ['LOGIN_REFUSED', 1, 'refused', null],
    ['TLS_CERTIFICATE_EXPIRED', 1, 'refused', null],
    ['RECIPIENT_REFUSED', 1, 'refused', null],
    ['MESSAGE_TOO_LARGE', 1, 'refused', null],
    ['INBOX_NOT_CONNECTED', 1, 'held', null],
    ['LEASE_LOST', 1, 'queued', MINUTE],
    ['SEND_OUTCOME_UNKNOWN', 1, 'unknown', 2 * MINUTE],
    ['SEND_OUTCOME_UNKNOWN', 9, 'unknown', 2 * MINUTE],
  ] as const)('%s at attempt %i leads to %s', (code, attempts, to, waitMs) => {
    expect(failed(code, { attempts })).toMatchObject({ to, waitMs, from: ['submitting'] });
  });

  test.each(codes.filter((code) => submissionFailures[code] !== 'unknown'))(
    'S14: %s after an attempt of unknown outcome leaves nobody wiser, and nothing is sent again by itself',
    (code) => {
      expect(failed(code, { isDoubted: true })).toMatchObject({ to: 'asked', waitMs: null });
    }
  );

  test('a mail that is given up is not told to be tried again by itself', () => {
    const failure = {
      code: 'SERVER_THROTTLED',
      message: 'No.',
      nextStep: 'It is tried again.',
      detail: '',
    } as const;
    expect(failed('SERVER_THROTTLED', { attempts: 5, failure }).failure).toEqual(failure);
    expect(failed('SERVER_THROTTLED', { attempts: 6, failure }).failure).toEqual({
      ...failure,
      nextStep: 'It is tried no more: edit it and send it again.',
    });
  });

  test('a mail that was sent again in vain says why: nobody would find out what to mend', () => {
    const { failure } = failed('LOGIN_REFUSED', { isDoubted: true });
    expect(failure).toMatchObject({ code: 'SEND_OUTCOME_UNKNOWN', detail: '550 no' });
    expect(failure?.message).toMatch(/nobody knows.* Sending it again failed: No\.$/);
  });

  test('the server’s own refusal is evidence wherever the mail stands by now; our own troubles are not', () => {
    expect(failed('MESSAGE_REFUSED', { isAnswered: true }).from).toEqual(['submitting', 'unknown', 'asked']);
    expect(failed('LOGIN_REFUSED').from).toEqual(['submitting']);
  });

  test('the server’s yes is recorded from every stage that is not final', () => {
    const { from, to } = transitionOf({ kind: 'taken', refused: [] });
    expect([...from].sort()).toEqual(
      outgoingStages.filter((stage) => !isFinal(stage) && stage !== 'sent').sort()
    );
    expect(to).toBe('sent');
  });

  test('some recipients accepted, some refused: it is sent, and those who do not get it are named', () => {
    const { to, failure } = transitionOf({ kind: 'taken', refused: ['bo@b.test', 'cy@c.test'] });
    expect(to).toBe('sent');
    expect(failure).toMatchObject({ code: 'RECIPIENT_REFUSED' });
    expect(failure?.message).toContain('bo@b.test, cy@c.test');
  });
});

describe('S51: a mail of unknown outcome', () => {
  test('P2: a holder that is heard of no more leads there, and nowhere else', () => {
    expect(transitionOf({ kind: 'claim-ran-out' })).toMatchObject({ from: ['submitting'], to: 'unknown' });
  });

  test.each([
    ['server', 1, 'unknown', 2 * MINUTE],
    ['server', 2, 'unknown', 2 * MINUTE],
    ['server', 3, 'asked', null],
    ['append', 1, 'asked', null],
    ['none', 1, 'asked', null],
  ] as const)(
    'S8: not found in Sent (%s) at look %i: %s. It is no proof that nothing went out',
    (sentCopy, looks, to, waitMs) => {
      const next = transitionOf({ kind: 'not-found', sentCopy, looks });
      expect(next).toMatchObject({ from: ['unknown'], to, waitMs });
    }
  );

  test('only a person ends it, and only once it is theirs to say', () => {
    expect(transitionOf({ kind: 'settled', wentOut: true })).toMatchObject({ from: ['asked'], to: 'sent' });
    expect(transitionOf({ kind: 'settled', wentOut: false })).toMatchObject({ from: ['asked'], to: 'ended' });
  });
});

describe('S4: what waits', () => {
  test('is cancelled only while the server cannot have it', () => {
    expect(transitionOf({ kind: 'cancelled' }).from).toEqual(['queued', 'held']);
  });

  test('is held when its inbox is disconnected, and released as it was composed or not at all', () => {
    expect(disconnections.map(({ from, to }) => [from, to])).toEqual([
      [['queued'], 'held'],
      [['unknown'], 'asked'],
      [['sent'], 'filed'],
    ]);
    expect(transitionOf({ kind: 'released', isAsComposed: true })).toMatchObject({ to: 'queued', waitMs: 0 });
    const changed = transitionOf({ kind: 'released', isAsComposed: false });
    expect(changed).toMatchObject({ from: ['held'], to: 'refused', failure: { code: 'INBOX_CHANGED' } });
  });
});

describe('S9: its copy in Sent', () => {
  test('an APPEND of unknown outcome is left alone until the server must have ended it; a no is tried again sooner', () => {
    const known = transitionOf({ kind: 'not-filed', message: 'Full.', isKnown: true, tries: 1 });
    const unknown = transitionOf({ kind: 'not-filed', message: 'Broke.', isKnown: false, tries: 1 });
    expect([known.waitMs, unknown.waitMs]).toEqual([5 * MINUTE, 15 * MINUTE]);
    expect([known, unknown].map(({ from, to }) => [from, to])).toEqual([
      [['sent'], 'sent'],
      [['sent'], 'sent'],
    ]);
    // A step whose process dies in it is as unknown.
    expect(putOffMs('sent', 1)).toBe(15 * MINUTE);
  });
});

test.each([
  [0, 5],
  [1, 5],
  [2, 15],
  [3, 60],
  [4, 360],
  [40, 360],
])(
  'c25: a copy that was refused %i times waits %i minutes: a mailbox that is full is not asked all day',
  (tries, minutes) => {
    expect(transitionOf({ kind: 'not-filed', message: 'Full.', isKnown: true, tries }).waitMs).toBe(
      minutes * MINUTE
    );
  }
);

test.each([
  ['LOGIN_REFUSED', 60],
  ['LOGIN_THROTTLED', 5],
] as const)('c25: after %s the other mail of the inbox waits %i minutes, and says why', (code, minutes) => {
  const failure = { code, message: 'No.', nextStep: 'Mend it.', detail: '' };
  expect(transitionOf({ kind: 'put-off', failure })).toEqual({
    from: ['queued'],
    to: 'queued',
    waitMs: minutes * MINUTE,
    failure,
  });
  expect(transitionOf({ kind: 'taken-up' })).toMatchObject({ from: ['queued'], waitMs: 0, failure: null });
});

test('nothing leads on from a final stage, and every other one has a way out (S51)', () => {
  const events: OutgoingEvent[] = [
    { kind: 'taken', refused: [] },
    { kind: 'claim-ran-out' },
    { kind: 'not-found', sentCopy: 'server', looks: 3 },
    { kind: 'filed' },
    { kind: 'not-filed', message: '', isKnown: false, tries: 1 },
    { kind: 'released', isAsComposed: true },
    { kind: 'cancelled' },
    { kind: 'settled', wentOut: false },
  ];
  const all = [...events.map(transitionOf), ...codes.map((code) => failed(code)), ...disconnections];
  const left = new Set(all.flatMap(({ from }) => from));
  expect(finalStages.filter((stage) => left.has(stage))).toEqual([]);
  expect(outgoingStages.filter((stage) => !isFinal(stage) && !left.has(stage))).toEqual([]);
  expect(unsentStages.map(toldOf)).not.toContain('sent');
});
