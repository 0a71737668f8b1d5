import fc from 'fast-check';

/** How the SMTP server ends a submission: before the last byte, or after it. Times in seconds. */
export interface SmtpEnding {
  before: 'goes-on' | 'refused' | 'throttled' | 'away' | 'dropped';
  upload: number;
  after: 'taken' | 'partly' | 'refused' | 'throttled' | 'dropped';
  /** Of one that is dropped: whether the server took it all the same. */
  takes: boolean;
  /** How long the server says nothing after the last byte. */
  silent: number;
  /** With its answer the database is away from whoever hears it, for minutes. */
  losesDatabase: boolean;
}

/**
 * How an APPEND ends. `dropped`: the connection breaks, and the server executes it so many seconds later, or never;
 * `killed`: so does it when the process that asked for it is no more.
 */
export type AppendEnding =
  { kind: 'done' } | { kind: 'refused' } | { kind: 'dropped' | 'killed'; executedAfter: number | null };

/** What a provider that files sent mail by itself does with one. */
export interface Filing {
  /** Seconds; null: never. */
  after: number | null;
  hasOtherId: boolean;
}

export const callNames = [
  'queue',
  'find-press',
  'load',
  'list-due',
  'claim',
  'renew',
  'record',
  'connect',
  'last-byte',
  'answer',
  'find',
  'append',
  'inbox',
  'secrets',
  'forget',
  'audit',
  'announce',
  'file',
  'any',
] as const;
export type CallName = (typeof callNames)[number];

/**
 * What befalls a call. `crash`: its process is killed before it; `crash-after`: when it took effect; `away`: the database
 * cannot be asked; `lost`: it took effect and the answer is lost; `hangs`: the answer comes a minute or more later;
 * `hangs-before`: it takes effect so late; `goes-away`: the database is away from that process for minutes.
 */
export type CallFate = 'crash' | 'crash-after' | 'away' | 'lost' | 'hangs' | 'hangs-before' | 'goes-away';

export interface ArmedFate {
  slot: number;
  on: CallName;
  nth: number;
  kind: CallFate;
}

export type Account = 'same' | 'other-address' | 'other-login';
export type Answer = 'went-out' | 'did-not' | 'send-again';

export type SendingAct =
  | { do: 'press'; slot: number; owner: number; isAnswer: boolean }
  | { do: 'again'; slot: number; pick: number; hasOtherWords: boolean }
  | { do: 'cancel' | 'release' | 'unlog'; slot: number; pick: number }
  | { do: 'settle'; slot: number; pick: number; answer: Answer }
  | { do: 'pause' | 'resume'; slot: number; owner: number }
  /** `isCutShort`: its process is killed in the middle of it. `backAs`: somebody connects it again soon after. */
  | { do: 'disconnect'; slot: number; owner: number; isCutShort: boolean; backAs: Account | null }
  | { do: 'edit'; slot: number; owner: number; account: Account }
  | { do: 'kill' | 'drain'; slot: number }
  | { do: 'away'; slot: number; seconds: number }
  | { do: 'reply'; pick: number }
  | { do: 'night'; hours: number };

export type SendingStep = SendingAct & { after: number };

export interface SendingHistory {
  /** Chooses who is served next, and what people do about what they hear. */
  seed: number;
  sentCopy: 'append' | 'server' | 'none';
  /** How far the clocks of the two processes are from the database's. */
  minutesApart: [number, number];
  endings: SmtpEnding[];
  appends: AppendEnding[];
  filings: Filing[];
  fates: ArmedFate[];
  steps: SendingStep[];
}

const slot = fc.nat(1);
const pick = fc.nat(5);
const owner = fc.constantFrom(0, 0, 0, 0, 1);
const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values);

const ending: fc.Arbitrary<SmtpEnding> = fc.record({
  before: oneOf<SmtpEnding['before']>(
    ...(['goes-on', 'goes-on', 'goes-on', 'goes-on', 'goes-on'] as const),
    ...(['refused', 'throttled', 'away', 'dropped'] as const)
  ),
  upload: oneOf(0, 0, 0, 0, 0, 3, 30, 65, 100, 400),
  after: oneOf<SmtpEnding['after']>('taken', 'taken', 'partly', 'refused', 'throttled', 'dropped', 'dropped'),
  takes: fc.boolean(),
  silent: oneOf(0, 0, 0, 0, 4, 6, 50, 80, 200, 590, 700, 1_000),
  losesDatabase: oneOf(false, false, false, false, false, true),
});

const append: fc.Arbitrary<AppendEnding> = fc.oneof(
  oneOf<AppendEnding>({ kind: 'done' }, { kind: 'refused' }),
  fc.record({
    kind: oneOf<'dropped' | 'killed'>('dropped', 'dropped', 'killed'),
    executedAfter: oneOf(null, 0, 0, 1, 200, 700, 880, 1_300),
  })
);

const filing: fc.Arbitrary<Filing> = fc.record({
  after: oneOf(null, 0, 0, 0, 90, 200, 800),
  hasOtherId: oneOf(false, false, false, true),
});

const fate: fc.Arbitrary<ArmedFate> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      slot,
      on: oneOf<CallName>(
        ...callNames.filter((name) => name !== 'any'),
        ...(['queue', 'claim', 'record', 'record', 'last-byte', 'answer', 'append'] as const)
      ),
      nth: oneOf(0, 0, 0, 1, 1, 2, 4),
      kind: oneOf<CallFate>('crash', 'crash-after', 'away', 'lost', 'hangs', 'hangs-before', 'goes-away'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      slot,
      on: fc.constant('any' as const),
      nth: fc.nat(400),
      kind: oneOf<CallFate>('crash', 'crash-after', 'away', 'lost'),
    }),
  }
);

const act: fc.Arbitrary<SendingAct> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('press' as const),
      slot,
      owner,
      isAnswer: oneOf(false, false, false, true),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('again' as const),
      slot,
      pick,
      hasOtherWords: oneOf(false, false, false, true),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: oneOf<'cancel' | 'release' | 'unlog'>('cancel', 'cancel', 'release', 'unlog'),
      slot,
      pick,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      slot,
      pick,
      answer: oneOf<Answer>('went-out', 'did-not', 'send-again', 'send-again'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('disconnect' as const),
      slot,
      owner,
      isCutShort: oneOf(false, false, true),
      backAs: oneOf<Account | null>(null, null, 'same', 'same', 'other-login'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: oneOf<'pause' | 'resume'>('pause', 'resume'), slot, owner }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      slot,
      owner,
      account: oneOf<Account>('same', 'same', 'other-address', 'other-login'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: oneOf<'kill' | 'drain'>('kill', 'drain'), slot }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('away' as const),
      slot: fc.nat(2),
      seconds: oneOf(3, 20, 40, 70, 100, 400),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reply' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('night' as const), hours: oneOf(1, 3, 9) }) }
);

const step: fc.Arbitrary<SendingStep> = fc
  .tuple(act, oneOf(0, 0, 0, 1, 3, 6, 6, 20, 50, 70, 130, 130, 300))
  .map(([done, after]) => ({ ...done, after }));

export const sendingHistory: fc.Arbitrary<SendingHistory> = fc.record({
  seed: fc.nat(),
  sentCopy: oneOf<SendingHistory['sentCopy']>('append', 'append', 'append', 'server', 'server', 'none'),
  minutesApart: fc.tuple(oneOf(0, -7, 12), oneOf(0, -3, 40)),
  endings: fc.array(ending, { maxLength: 6 }),
  appends: fc.array(append, { maxLength: 3 }),
  filings: fc.array(filing, { maxLength: 3 }),
  fates: fc.array(fate, { maxLength: 3 }),
  steps: fc.array(step, { minLength: 1, maxLength: 14 }),
});
