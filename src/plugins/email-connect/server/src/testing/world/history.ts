import fc from 'fast-check';
import { mailKinds } from './server/mail';
import type { MailKind } from './server/mail';

/** What happens to a mailbox. Numbers pick among what is there, whatever their size. */
export type MailAction =
  | {
      do: 'arrive';
      inbox: number;
      folder: number;
      kind: MailKind;
      parent: number;
      /** Also to the other inbox. */
      isForBoth: boolean;
      isLate: boolean;
      unreadable: number;
      refused: number;
      scanCuts: number;
      bodyCuts: number;
      leaves: boolean;
      /** The database does not take it for now. */
      isUnstorable: boolean;
    }
  | { do: 'move' | 'copy'; inbox: number; from: number; pick: number; to: number }
  | { do: 'expunge'; inbox: number; folder: number; pick: number }
  | { do: 'renumber' | 'rename' | 'remove' | 'break' | 'mend'; inbox: number; folder: number }
  | { do: 'restore'; inbox: number; folder: number; lost: number }
  | { do: 'surface' | 'create'; inbox: number };

export type FateKind = 'crash' | 'crash-after' | 'cut' | 'throttle' | 'drop' | 'stop';

/** What befalls a turn at one of its calls; `theft`: another process takes the inbox meanwhile. */
export type TurnEvent =
  | { at: number; kind: FateKind }
  | { at: number; kind: 'mail'; action: MailAction }
  | { at: number; kind: 'theft'; events: { at: number; kind: FateKind }[]; minutesAhead: number }
  /** Its clock is set forward, or back. */
  | { at: number; kind: 'jump'; minutes: number };

export type Step =
  | MailAction
  | { do: 'wait'; minutes: number }
  /** By a process whose clock is so far ahead. */
  | { do: 'turn'; inbox: number; events: TurnEvent[]; minutesAhead: number }
  | { do: 'unlog' }
  | { do: 'request'; inbox: number; folder: number; pick: number }
  | { do: 'backfill'; inbox: number; days: number };

export interface History {
  hasObjectIds: boolean;
  /** false: a folder whose server gives no UIDVALIDITY. */
  isNumbered: boolean;
  /** What lay there before the inboxes were connected. */
  before: { inbox: number; folder: number; kind: MailKind; bodyCuts: number }[];
  steps: Step[];
}

const inbox = fc.nat(1);
const pick = fc.nat(7);
/** INBOX more often than the others. */
const folder = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.nat(6) });
const kind = fc.constantFrom(...mailKinds);
const often = (value: number): fc.Arbitrary<number> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(value) });
const rarely = fc.oneof(
  { weight: 9, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) }
);

/** Once, or whenever it is asked for. */
const cuts = fc.oneof(
  { weight: 14, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constant(Infinity) }
);
const seldom = fc.oneof(
  { weight: 24, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) }
);

const arrive = fc.record({
  do: fc.constant('arrive' as const),
  inbox,
  folder,
  kind,
  parent: pick,
  isForBoth: rarely,
  isLate: rarely,
  unreadable: fc.oneof(often(1), often(99)),
  refused: fc.oneof(often(3), often(99)),
  scanCuts: cuts,
  bodyCuts: cuts,
  leaves: seldom,
  isUnstorable: rarely,
});

const action: fc.Arbitrary<MailAction> = fc.oneof(
  { weight: 12, arbitrary: arrive },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('move' as const, 'copy' as const),
      inbox,
      from: folder,
      pick,
      to: folder,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expunge' as const), inbox, folder, pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(...(['renumber', 'renumber', 'rename', 'remove', 'break', 'mend'] as const)),
      inbox,
      folder,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('restore' as const),
      inbox,
      folder,
      lost: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('surface' as const, 'create' as const), inbox }) }
);

const call = fc.nat(45);
const minutes = fc.constantFrom(-2 * 24 * 60, -60, -10, 10, 60, 2 * 24 * 60);
const minutesAhead = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(-60, -10, 10, 60) }
);
const fateKind = fc.constantFrom(
  ...(['crash', 'crash-after', 'crash-after', 'cut', 'throttle', 'drop', 'stop'] as const)
);
const fate = fc.record({ at: call, kind: fateKind });
const event: fc.Arbitrary<TurnEvent> = fc.oneof(
  { weight: 4, arbitrary: fate },
  { weight: 3, arbitrary: fc.record({ at: call, kind: fc.constant('mail' as const), action }) },
  { weight: 1, arbitrary: fc.record({ at: call, kind: fc.constant('jump' as const), minutes }) },
  {
    weight: 2,
    arbitrary: fc.record({
      at: call,
      kind: fc.constant('theft' as const),
      minutesAhead,
      events: fc.array(fate, { maxLength: 1 }),
    }),
  }
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: action },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('turn' as const),
      inbox,
      minutesAhead,
      events: fc.array(event, { maxLength: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 10, 120, 25 * 60, 4 * 24 * 60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constant('unlog' as const) }),
      fc.record({ do: fc.constant('request' as const), inbox, folder, pick }),
      fc.record({ do: fc.constant('request' as const), inbox, folder, pick }),
      fc.record({ do: fc.constant('backfill' as const), inbox, days: fc.integer({ min: 1, max: 6 }) })
    ),
  }
);

export const history: fc.Arbitrary<History> = fc.record({
  hasObjectIds: fc.boolean(),
  isNumbered: fc.oneof(
    { weight: 4, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) }
  ),
  before: fc.array(fc.record({ inbox, folder, kind, bodyCuts: fc.constantFrom(0, 0, 1, Infinity) }), {
    maxLength: 3,
  }),
  steps: fc.array(step, { minLength: 1, maxLength: 24 }),
});
