import type { ImapUid } from '../../domain/message/message';
import { deliver, folderAt, happen, inboxAt, storedAt, surface, threadAt } from './happen';
import type { History, Step, TurnEvent } from './history';
import type { Judge } from './judge';
import { modelPorts } from './ports';
import type { Fate } from './process';
import { unlogModelThread } from './records/recording';
import type { StoredMail } from './server/mailbox';
import { CONNECTED_AT, DAY_MS, HOUR_MS, iso, MINUTE_MS, startOfDay } from './server/time';
import { ModelWorld } from './world';
import type { ModelInbox } from './world';

/** Lives through a history, under the eyes of a judge. */
export const runHistory = async <Seeing extends Judge>(
  history: History,
  judgeOf: (world: ModelWorld) => Seeing
): Promise<{ world: ModelWorld; judge: Seeing }> => {
  const world = new ModelWorld(history, modelPorts);
  const judge = judgeOf(world);
  world.judge = judge;
  history.before.forEach(({ folder, kind, thread, trait, ...one }, i) => {
    world.now = CONNECTED_AT - (1 + i * 20) * HOUR_MS;
    const inbox = inboxAt(world, one.inbox);
    const mail = world.write(kind, world.now, { thread: threadAt(thread) });
    deliver(world, inbox, folderAt(inbox.mailbox.folders, folder), mail, trait, true);
  });
  world.now = CONNECTED_AT;
  for (const step of history.steps) await takeStep(world, step);
  return { world, judge };
};

/** All is well again: what is there and known for what it is is recorded by the next turns, long before any sweep. */
export const calmDown = async (world: ModelWorld): Promise<void> => {
  for (const { mailbox } of world.inboxes) {
    for (const folder of mailbox.folders) {
      folder.closed = 0;
      folder.flaps = 0;
      for (const stored of folder.messages) getWell(stored);
    }
  }
  world.unstorable.clear();
  await takeTurns(world, 2);
};

/** Everything else comes to rest within days: retries, sweeps, late UIDs and parked folders have their turn. */
export const settle = async (world: ModelWorld): Promise<void> => {
  for (const inbox of world.inboxes) surface(inbox);
  // A clock that was two days ahead puts off the next sweep for as long.
  for (const [hours, rounds] of [
    [7, 1],
    [25, 1],
    [50, 2],
  ] as const) {
    world.pass(hours * HOUR_MS);
    await takeTurns(world, rounds);
  }
};

/** Only what never works goes on not to work. */
const getWell = (stored: StoredMail): void => {
  stored.drops = 0;
  stored.leaves = false;
  for (const ill of ['unreadable', 'refused', 'scanCuts', 'bodyCuts'] as const) {
    if (stored[ill] !== Infinity) stored[ill] = 0;
  }
};

/** A message that always ends the connection is searched for among others, then asked for alone. */
const LOSSES_EACH = 7;

/** Until so many rounds in a row ended well; a message that ends connections does so for a while. */
const takeTurns = async (world: ModelWorld, rounds: number): Promise<void> => {
  const most = rounds + LOSSES_EACH * world.endless();
  for (let round = 0, quiet = 0; round < most && quiet < rounds; round += 1) {
    const unwell = round === 0 ? [] : unwellIn(world);
    for (const inbox of unwell.length > 0 ? unwell : world.inboxes) {
      await world.turn(inbox);
      world.pass(MINUTE_MS);
    }
    quiet = unwell.length === 0 && unwellIn(world).length === 0 ? quiet + 1 : 0;
  }
};

const unwellIn = ({ database, inboxes }: ModelWorld): ModelInbox[] =>
  inboxes.filter(({ documentId }) => database.inboxes.get(documentId)?.state !== 'ok');

const takeStep = async (world: ModelWorld, step: Step): Promise<void> => {
  world.pass(1_000);
  switch (step.do) {
    case 'wait':
      return world.pass(step.minutes * MINUTE_MS);
    case 'turn': {
      world.counts.add('turn');
      const inbox = inboxAt(world, step.inbox);
      return world.turn(inbox, {
        fates: step.events.map((event) => fateOf(world, inbox, event)),
        clockOffsetMs: step.minutesAhead * MINUTE_MS,
        wakes: step.wakes,
      });
    }
    case 'unlog':
      world.counts.add('unlog');
      return unlogModelThread(world.database, threadAt(step.thread));
    case 'request':
      return request(world, step);
    case 'backfill':
      return beginBackfill(world, step);
    default:
      return happen(world, step);
  }
};

const fateOf = (world: ModelWorld, inbox: ModelInbox, event: TurnEvent): Fate => {
  const { at } = event;
  switch (event.kind) {
    case 'mail':
      return { at, kind: 'mail', meanwhile: async () => happen(world, event.action) };
    case 'jump':
      return { at, kind: 'jump', byMs: event.minutes * MINUTE_MS };
    case 'theft': {
      const meanwhile = (): Promise<void> => {
        world.expireLease(inbox);
        return world.turn(inbox, { fates: event.events, clockOffsetMs: event.minutesAhead * MINUTE_MS });
      };
      return { at, kind: 'theft', meanwhile };
    }
    default:
      return { at, kind: event.kind };
  }
};

const request = (world: ModelWorld, step: Extract<Step, { do: 'request' }>): void => {
  const inbox = inboxAt(world, step.inbox);
  const folder = folderAt(inbox.mailbox.folders, step.folder);
  const stored = storedAt(folder, step.pick);
  if (!stored || folder.path === 'Trash') return;
  world.counts.add('request');
  world.purposely.add(stored.mail.key);
  world.database.requests.push({
    requestId: world.database.requests.length,
    inboxDocumentId: inbox.documentId,
    askedBy: 'owner',
    kind: 'log',
    threadDocumentId: null,
    contact: null,
    attempts: 0,
    outcome: null,
    location: {
      folderPath: folder.path,
      uidValidity: folder.uidValidity,
      imapUid: stored.imapUid as ImapUid,
    },
  });
};

const beginBackfill = (world: ModelWorld, { inbox, days }: Extract<Step, { do: 'backfill' }>): void => {
  world.counts.add('backfill');
  const { documentId } = inboxAt(world, inbox);
  const since = CONNECTED_AT - days * DAY_MS;
  world.database.backfills.set(documentId, {
    since: iso(since),
    state: 'running',
    startedAt: iso(world.now),
    endedAt: null,
    total: 0,
    scanned: 0,
    logged: 0,
    day: iso(startOfDay(world.now)).slice(0, 10),
    bytesToday: 0,
    dailyBytes: 1e9,
    folders: [],
  });
};
