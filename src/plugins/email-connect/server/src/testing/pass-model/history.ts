import fc from 'fast-check';
import type { Fault, Interruption } from './gate';
import type { MailKind } from './mail';
import type { Trait } from './mail-server';

/** What may happen to a mailbox. Numbers choose among what there is, wrapping round. */
export type Change =
  | { kind: 'arrive'; folder: number; mail: MailKind; cites: number; trait: Trait }
  | { kind: 'move'; message: number; folder: number; keeps: boolean }
  | { kind: 'expunge'; message: number }
  | { kind: 'appear' }
  | { kind: 'renumber'; folder: number }
  | { kind: 'flap'; folder: number; times: number }
  | { kind: 'restore'; folder: number; lost: number; replies: number }
  | { kind: 'rename' }
  | { kind: 'create'; message: number }
  | { kind: 'close-folder'; folder: number; times: number }
  | { kind: 'un-log'; thread: number }
  | { kind: 'burst'; replies: number };

export type Step =
  | Change
  | { kind: 'wait'; ms: number }
  | { kind: 'turn'; interruptions: Interruption<Change>[] }
  | { kind: 'kill' };

export interface History {
  hasObjectIds: boolean;
  /** Mails that lie there when the inbox is connected. */
  before: Change[];
  steps: Step[];
}

const number = fc.nat(20);
const mostlyInbox = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: number });
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const trait: fc.Arbitrary<Trait> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.constant({ hidden: true }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 2 }).map((drops) => ({ drops })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }).map((unreadable) => ({ unreadable })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 10 }).map((refusals) => ({ refusals })) },
  { weight: 1, arbitrary: fc.constantFrom<Trait>({ unreadable: Infinity }, { refusals: Infinity }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }).map((scanCuts) => ({ scanCuts })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }).map((bodyCuts) => ({ bodyCuts })) },
  { weight: 1, arbitrary: fc.constantFrom<Trait>({ scanCuts: Infinity }, { bodyCuts: Infinity }) },
  { weight: 2, arbitrary: fc.constantFrom<Trait>({ leaves: true }, { unstorable: true }) }
);

const arrive: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('arrive' as const),
      folder: mostlyInbox,
      mail: fc.constantFrom<MailKind>('reply', 'reply', 'reply', 'side', 'stranger', 'stranger'),
      cites: fc.oneof(fc.constantFrom(0, 1, 2), number),
      trait,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('arrive' as const),
      folder: fc.constant(1),
      mail: fc.constant<MailKind>('own'),
      cites: fc.oneof(fc.constantFrom(0, 1, 2), number),
      trait,
    }),
  }
);

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 14, arbitrary: arrive },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      message: number,
      folder: number,
      keeps: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('expunge' as const), message: number }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'appear' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('renumber' as const), folder: number }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('flap' as const),
      folder: number,
      times: fc.integer({ min: 2, max: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('restore' as const),
      folder: mostlyInbox,
      lost: fc.integer({ min: 1, max: 4 }),
      replies: fc.nat(4),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'rename' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('create' as const), message: number }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('close-folder' as const),
      folder: number,
      times: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('un-log' as const), thread: number }) }
);

const fault: fc.Arbitrary<Fault<Change>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'crash' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'cut' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'throttle' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'steal' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'abort' as const }) },
  { weight: 4, arbitrary: change.map((one) => ({ kind: 'change' as const, change: one })) },
  {
    weight: 3,
    arbitrary: number.map((message) => ({
      kind: 'change' as const,
      change: { kind: 'expunge' as const, message },
    })),
  }
);

const turn: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('turn' as const),
  interruptions: fc.array(fc.record({ at: fc.integer({ min: 1, max: 45 }), fault }), { maxLength: 3 }),
});

const wait: fc.Arbitrary<Step> = fc
  .oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 20 }).map((minutes) => minutes * MINUTE_MS) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 30 }).map((hours) => hours * HOUR_MS) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 9 }).map((days) => days * 24 * HOUR_MS) }
  )
  .map((ms) => ({ kind: 'wait' as const, ms }));

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 40, arbitrary: change },
  { weight: 24, arbitrary: turn },
  { weight: 12, arbitrary: wait },
  { weight: 2, arbitrary: fc.constant({ kind: 'kill' as const }) }
);

/** More than one step of a pass writes at once (record-step). */
const burst: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 60, arbitrary: fc.constant<Step[]>([]) },
  { weight: 1, arbitrary: fc.constant<Step[]>([{ kind: 'burst', replies: 120 }]) }
);

export const history: fc.Arbitrary<History> = fc.record({
  hasObjectIds: fc.boolean(),
  before: fc.array(arrive, { maxLength: 4 }),
  steps: fc
    .tuple(burst, fc.array(step, { minLength: 4, maxLength: 40, size: 'max' }))
    .map(([first, others]) => [...first, ...others]),
});
