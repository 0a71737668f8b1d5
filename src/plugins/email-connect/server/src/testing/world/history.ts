import fc from 'fast-check';
import { mailKinds } from './server/mail';
import type { MailKind } from './server/mail';

/** What is amiss with a mail; numbers are how often, Infinity is always. */
export interface Trait {
  /** Scans that say nothing of it, as if it were gone. */
  drops?: number;
  /** Scans that do not bring its headers. */
  unreadable?: number;
  /** Fetches of its body that are refused. */
  refused?: number;
  /** Scans, and fetches of its body, that end the connection. */
  scanCuts?: number;
  bodyCuts?: number;
  /** It has its UID, but no listing shows it yet. */
  isLate?: boolean;
  /** It is deleted when its body is asked for. */
  leaves?: boolean;
  /** The database does not take it for now. */
  isUnstorable?: boolean;
}

/** What happens to a mailbox. Numbers pick among what is there, whatever their size. */
export type MailAction =
  | {
      do: 'arrive';
      inbox: number;
      folder: number;
      kind: MailKind;
      thread: number;
      parent: number;
      /** Also to the other inbox. */
      isForBoth: boolean;
      trait: Trait;
    }
  /** So many replies at once: more than one step of a pass writes. */
  | { do: 'burst'; inbox: number; replies: number }
  | { do: 'move' | 'copy'; inbox: number; from: number; pick: number; to: number }
  | { do: 'expunge'; inbox: number; folder: number; pick: number }
  | { do: 'renumber' | 'rename' | 'remove' | 'mend'; inbox: number; folder: number }
  /** It will not open so many times, or is numbered anew whenever it is opened. */
  | { do: 'close' | 'flap'; inbox: number; folder: number; times: number }
  /** The newest `lost` were never there, and so many replies come in their place. */
  | { do: 'restore'; inbox: number; folder: number; lost: number; replies: number }
  | { do: 'surface'; inbox: number }
  /** A new folder, and a mail is moved into it. */
  | { do: 'create'; inbox: number; from: number; pick: number };

export type FateKind = 'crash' | 'crash-after' | 'cut' | 'throttle' | 'drop' | 'stop' | 'cut-short';

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
  /** By a process whose clock is so far ahead, and which reads once more over its connection when it is woken. */
  | { do: 'turn'; inbox: number; events: TurnEvent[]; minutesAhead: number; wakes: number }
  | { do: 'unlog'; thread: number }
  | { do: 'request'; inbox: number; folder: number; pick: number }
  | { do: 'backfill'; inbox: number; days: number };

export interface History {
  hasObjectIds: boolean;
  /** false: a folder whose server gives no UIDVALIDITY. */
  isNumbered: boolean;
  /** So many messages are asked for at once: of few, a dozen fill several chunks, and a pass breaks between them. */
  chunk: number;
  /** What lay there before the inboxes were connected. */
  before: { inbox: number; folder: number; kind: MailKind; thread: number; trait: Trait }[];
  steps: Step[];
}

type Weighted<Value> = [weight: number, arbitrary: fc.Arbitrary<Value>];
const oneOf = <Value>(...choices: Weighted<Value>[]): fc.Arbitrary<Value> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const only = <const Value>(value: Value): fc.Arbitrary<Value> => fc.constant(value);
const times = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

const inbox = oneOf([3, only(0)], [1, only(1)]);
const thread = oneOf([1, only(0)], [2, only(1)]);
const pick = fc.nat(7);
/** In the order in which a mailbox has them, and two that came later; in Unlog, nearly everything ends. */
const folder = oneOf(
  [16, only(0)],
  [3, only(1)],
  [3, only(2)],
  [3, only(3)],
  [1, only(4)],
  [3, fc.integer({ min: 5, max: 7 })]
);
const mostlyInbox = oneOf([2, only(0)], [1, folder]);
const kind = oneOf<MailKind>([4, only('reply')], [3, only('chain')], [9, fc.constantFrom(...mailKinds)]);

const trait: fc.Arbitrary<Trait> = oneOf<Trait>(
  [12, only({})],
  [2, only({ isLate: true })],
  [2, times(2).map((drops) => ({ drops }))],
  [2, times(3).map((unreadable) => ({ unreadable }))],
  [2, times(10).map((refused) => ({ refused }))],
  [1, fc.constantFrom<Trait>({ unreadable: Infinity }, { refused: Infinity })],
  [1, times(6).map((scanCuts) => ({ scanCuts }))],
  [1, times(6).map((bodyCuts) => ({ bodyCuts }))],
  [1, fc.constantFrom<Trait>({ scanCuts: Infinity }, { bodyCuts: Infinity })],
  [2, fc.constantFrom<Trait>({ leaves: true }, { isUnstorable: true })]
);

const arrive = fc.record({
  do: only('arrive'),
  inbox,
  folder,
  kind,
  thread,
  parent: pick,
  isForBoth: oneOf([9, only(false)], [1, only(true)]),
  trait,
});

const action: fc.Arbitrary<MailAction> = oneOf<MailAction>(
  [24, arrive],
  [4, fc.record({ do: fc.constantFrom('move', 'copy'), inbox, from: folder, pick, to: folder })],
  [2, fc.record({ do: only('expunge'), inbox, folder, pick })],
  [2, fc.record({ do: only('renumber'), inbox, folder })],
  [1, fc.record({ do: fc.constantFrom('rename', 'remove', 'mend'), inbox, folder })],
  [1, fc.record({ do: only('close'), inbox, folder, times: oneOf([4, times(5)], [1, only(Infinity)]) })],
  [1, fc.record({ do: only('flap'), inbox, folder, times: fc.integer({ min: 2, max: 8 }) })],
  [3, fc.record({ do: only('restore'), inbox, folder: mostlyInbox, lost: times(4), replies: fc.nat(4) })],
  [2, fc.record({ do: only('surface'), inbox })],
  [1, fc.record({ do: only('create'), inbox, from: folder, pick })]
);

const call = fc.nat(90);
const minutes = fc.constantFrom(-2 * 24 * 60, -60, -10, 10, 60, 2 * 24 * 60);
const minutesAhead = oneOf([3, only(0)], [2, fc.constantFrom(-60, -10, 10, 60)]);
const fate = fc.record({
  at: call,
  kind: fc.constantFrom(
    'crash',
    'crash-after',
    'crash-after',
    'cut',
    'throttle',
    'drop',
    'stop',
    'cut-short'
  ),
});
const event: fc.Arbitrary<TurnEvent> = oneOf<TurnEvent>(
  [4, fate],
  [4, fc.record({ at: call, kind: only('mail'), action })],
  [1, fc.record({ at: call, kind: only('jump'), minutes })],
  [2, fc.record({ at: call, kind: only('theft'), minutesAhead, events: fc.array(fate, { maxLength: 1 }) })]
);

const step: fc.Arbitrary<Step> = oneOf<Step>(
  [20, action],
  [
    12,
    fc.record({
      do: only('turn'),
      inbox,
      minutesAhead,
      wakes: fc.constantFrom(0, 0, 1, 2),
      events: fc.array(event, { maxLength: 3 }),
    }),
  ],
  [6, fc.record({ do: only('wait'), minutes: fc.constantFrom(1, 5, 10, 20, 120, 25 * 60, 4 * 24 * 60) })],
  [1, fc.record({ do: only('unlog'), thread: oneOf([1, only(0)], [3, only(1)]) })],
  [2, fc.record({ do: only('request'), inbox, folder, pick })],
  [1, fc.record({ do: only('backfill'), inbox, days: times(6) })]
);

const burst = oneOf<Step[]>(
  [60, only([])],
  [1, fc.tuple(fc.record({ do: only('burst'), inbox, replies: only(120) }))]
);

export const history: fc.Arbitrary<History> = fc.record({
  hasObjectIds: fc.boolean(),
  isNumbered: oneOf([4, only(true)], [1, only(false)]),
  chunk: oneOf([4, only(3)], [1, only(250)]),
  before: fc.array(fc.record({ inbox, folder, kind, thread, trait }), { maxLength: 4 }),
  steps: fc
    .tuple(burst, fc.array(step, { minLength: 4, maxLength: 36, size: 'max' }))
    .map(([first, others]) => [...first, ...others]),
});
