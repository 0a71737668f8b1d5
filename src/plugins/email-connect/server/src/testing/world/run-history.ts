import type { ImapUid } from '../../domain/message/message';
import type { FateKind, History, MailAction, Step, TurnEvent } from './history';
import { visibleIn } from './server/mailbox';
import type { ModelFolder, StoredMail } from './server/mailbox';
import { modelPorts } from './ports';
import type { Fate } from './process';
import { unlogModelThread } from './records/recording';
import { CONNECTED_AT, DAY_MS, HOUR_MS, iso, MINUTE_MS, startOfDay } from './server/time';
import { ModelWorld } from './world';
import type { ModelInbox } from './world';

/** Lives through a history, and then through days in which nothing more goes wrong. */
export const runHistory = async (history: History): Promise<ModelWorld> => {
  const world = new ModelWorld(history, modelPorts);
  history.before.forEach(({ inbox, folder, kind, bodyCuts }, i) => {
    const at = CONNECTED_AT - (1 + i * 20) * HOUR_MS;
    const mail = world.write(kind, at, null);
    const { mailbox } = inboxAt(world, inbox);
    const place = folderAt(mailbox.folders, folder);
    put(world, mailbox, place, { mail, receivedAt: at, placedAt: at, isOld: true, bodyCuts });
  });
  for (const step of history.steps) await takeStep(world, step);
  return world;
};

/** All is well again: what is there and known for what it is is recorded by the next turns, long before any sweep. */
export const calmDown = async (world: ModelWorld): Promise<void> => {
  for (const { mailbox } of world.inboxes) for (const folder of mailbox.folders) folder.isBroken = false;
  world.unstorable.clear();
  await takeTurns(world, 3 + LOSSES_EACH * world.endless());
};

/** Everything else comes to rest within days: retries, sweeps, late UIDs and parked folders have their turn. */
export const settle = async (world: ModelWorld): Promise<void> => {
  for (const { mailbox } of world.inboxes) {
    for (const { messages } of mailbox.folders) for (const stored of messages) stored.isVisible = true;
  }
  for (const hours of [7, 25, 25]) {
    world.pass(hours * HOUR_MS);
    await takeTurns(world, 2 + LOSSES_EACH * world.endless());
  }
};

/** A message that always ends the connection is searched for among others, then asked for alone. */
const LOSSES_EACH = 7;

const takeTurns = async (world: ModelWorld, rounds: number): Promise<void> => {
  for (let round = 0; round < rounds; round += 1) {
    for (const inbox of world.inboxes) {
      await world.turn(inbox);
      world.pass(MINUTE_MS);
    }
  }
};

const takeStep = async (world: ModelWorld, step: Step): Promise<void> => {
  world.pass(1_000);
  switch (step.do) {
    case 'wait':
      return world.pass(step.minutes * MINUTE_MS);
    case 'turn': {
      const inbox = inboxAt(world, step.inbox);
      return world.turn(
        inbox,
        step.events.map((event) => fateOf(world, inbox, event)),
        step.minutesAhead * MINUTE_MS
      );
    }
    case 'unlog':
      return unlogModelThread(world.database, 'T');
    case 'request':
      return request(world, step);
    case 'backfill':
      return beginBackfill(world, step);
    default:
      return act(world, step);
  }
};

const fateOf = (world: ModelWorld, inbox: ModelInbox, event: TurnEvent): Fate => {
  const { at } = event;
  if (event.kind === 'mail') {
    return { at, kind: 'other', meanwhile: async () => act(world, event.action) };
  }
  if (event.kind === 'jump') return { at, kind: 'jump', byMs: event.minutes * MINUTE_MS };
  if (event.kind !== 'theft') return { at, kind: event.kind satisfies FateKind };
  const meanwhile = (): Promise<void> => {
    world.expireLease(inbox);
    return world.turn(inbox, event.events, event.minutesAhead * MINUTE_MS);
  };
  return { at, kind: 'other', meanwhile };
};

const act = (world: ModelWorld, action: MailAction): void => {
  const { mailbox } = inboxAt(world, action.inbox);
  switch (action.do) {
    case 'arrive':
      return arrive(world, action);
    case 'move':
    case 'copy':
      return move(world, action);
    case 'expunge': {
      const place = folderAt(mailbox.folders, action.folder);
      const stored = storedAt(place, action.pick);
      if (stored) place.messages.splice(place.messages.indexOf(stored), 1);
      return;
    }
    case 'renumber':
      return mailbox.renumber(folderAt(mailbox.folders, action.folder));
    case 'restore':
      return mailbox.restore(folderAt(mailbox.folders, action.folder), action.lost);
    case 'surface':
      for (const { messages } of mailbox.folders) for (const stored of messages) stored.isVisible = true;
      return;
    case 'create':
      if (mailbox.folders.length < 8) mailbox.create(`New${mailbox.folders.length}.${world.now}`);
      return;
    default:
      return changeFolder(world, action.do, folderAt(mailbox.folders, action.folder), mailbox.folders);
  }
};

const changeFolder = (
  world: ModelWorld,
  what: 'rename' | 'remove' | 'break' | 'mend',
  folder: ModelFolder,
  folders: ModelFolder[]
): void => {
  switch (what) {
    case 'break':
    case 'mend':
      folder.isBroken = what === 'break';
      return;
    case 'rename':
      if (folder.specialUse === null && !isForPurpose(folder)) folder.path = `Renamed.${world.now}`;
      return;
    case 'remove':
      if (folder.specialUse === null && !isForPurpose(folder)) folders.splice(folders.indexOf(folder), 1);
      return;
    default:
      return what satisfies never;
  }
};

const isForPurpose = ({ path }: ModelFolder): boolean => path === 'Log' || path === 'Unlog';

const arrive = (world: ModelWorld, action: Extract<MailAction, { do: 'arrive' }>): void => {
  const parents = world.mails;
  const parent = parents[parents.length === 0 ? 0 : action.parent % parents.length] ?? null;
  const mail = world.write(action.kind, world.now, parent);
  if (action.isUnstorable) world.unstorable.add(mail.key);
  const inboxes = action.isForBoth ? world.inboxes : [inboxAt(world, action.inbox)];
  for (const { mailbox } of inboxes) {
    const place = folderAt(mailbox.folders, action.folder);
    put(world, mailbox, place, {
      mail,
      receivedAt: world.now,
      placedAt: world.now,
      isVisible: !action.isLate,
      unreadable: action.unreadable,
      refused: action.refused,
      leaves: action.leaves,
      scanCuts: action.scanCuts,
      bodyCuts: action.bodyCuts,
    });
  }
};

/** A MOVE keeps INTERNALDATE and gives a new UID (RFC 6851 3.1, RFC 3501 6.4.7). */
const move = (world: ModelWorld, action: Extract<MailAction, { do: 'move' | 'copy' }>): void => {
  const { mailbox } = inboxAt(world, action.inbox);
  const from = folderAt(mailbox.folders, action.from);
  const to = folderAt(mailbox.folders, action.to);
  const stored = storedAt(from, action.pick);
  if (!stored || from === to) return;
  if (action.do === 'move') from.messages.splice(from.messages.indexOf(stored), 1);
  const { mail, receivedAt } = stored;
  world.everMoved.add(mail.key);
  put(world, mailbox, to, { mail, receivedAt, placedAt: world.now });
};

const put = (
  world: ModelWorld,
  mailbox: ModelInbox['mailbox'],
  folder: ModelFolder,
  stored: Parameters<ModelInbox['mailbox']['add']>[1]
): void => {
  mailbox.add(folder, stored);
  if (folder.path === 'Log') world.purposely.add(stored.mail.key);
};

const request = (world: ModelWorld, step: Extract<Step, { do: 'request' }>): void => {
  const inbox = inboxAt(world, step.inbox);
  const folder = folderAt(inbox.mailbox.folders, step.folder);
  const stored = storedAt(folder, step.pick);
  if (!stored || folder.path === 'Trash') return;
  world.purposely.add(stored.mail.key);
  world.database.requests.push({
    requestId: world.database.requests.length,
    inboxDocumentId: inbox.documentId,
    askedBy: 'owner',
    kind: 'log',
    threadDocumentId: null,
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

const inboxAt = (world: ModelWorld, number: number): ModelInbox => {
  const inbox = world.inboxes[number % world.inboxes.length];
  if (!inbox) throw new Error('There is no inbox.');
  return inbox;
};

const folderAt = (folders: readonly ModelFolder[], number: number): ModelFolder => {
  const folder = folders[number % folders.length];
  if (!folder) throw new Error('There is no folder.');
  return folder;
};

const storedAt = (folder: ModelFolder, number: number): StoredMail | undefined => {
  const there = visibleIn(folder);
  return there[number % Math.max(1, there.length)];
};
