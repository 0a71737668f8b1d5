import type { ImapUid } from '../message/message';
import type { FolderMemory, FolderState, InboxFolder, SyncCursor } from './folder';

/**
 * What one pass of one folder has to do. `begin`: the folder is seen for the first time, and none of it is read: its
 * mail is older than the connection (S7). `unchanged`: nothing came and nothing is due. `read`: read these parts; a
 * message that is in several parts is judged once.
 */
export type PassPlan =
  | { kind: 'begin'; cursor: SyncCursor }
  | { kind: 'unchanged' }
  | {
      kind: 'read';
      /** UIDs above the cursor, both ends included. */
      fresh: UidRange | null;
      /** UIDs below the cursor: those that are not remembered came late. */
      net: UidRange | null;
      /** ISO; all mail that arrived from then on, whether it was read before or not. */
      since: string | null;
      /** The server gave its messages new UIDs. */
      isRenumbered: boolean;
      isSweep: boolean;
      /** The cursor once all parts are read. */
      cursorAfter: SyncCursor;
    };

export interface UidRange {
  from: number;
  to: number;
}

/** Facts for the plan that are not about the folder itself. ISO times. */
export interface PassMoment {
  now: string;
  /** Mail that arrived before this is not ours to read (S7). */
  connectedAt: string | null;
  /** When the oldest message of this folder went into quarantine; null for none. */
  quarantinedSince: string | null;
}

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** How far below the cursor late UIDs are looked for (a.4-11): replication lag, Exchange, restored servers. */
const NET_UIDS = 200;
const SWEEP_EVERY_MS = DAY_MS;
/** How far back mail is read again in a sweep, a renumbered folder and an unstable folder (a.6). */
const WINDOW_MS = 3 * DAY_MS;
/** After so many renumberings in an hour a folder's UIDs are not trusted (c2). */
const FLAPS = 5;

type PlannedFolder = Pick<InboxFolder, 'cursor' | 'memory' | 'readFrom'>;

/** The plan of a pass, from the folder's cursor and memory and the server's answer about it (RFC 3501 2.3.1.1). */
export const planPass = (folder: PlannedFolder, state: FolderState, moment: PassMoment): PassPlan => {
  const highest = Math.max(0, state.uidNext - 1) as ImapUid;
  const cursorAfter: SyncCursor = { uidValidity: state.uidValidity, lastUid: highest };
  const { cursor, memory } = folder;
  const window = (since: string | null, isRenumbered: boolean): PassPlan => ({
    kind: 'read',
    fresh: null,
    net: null,
    isRenumbered,
    isSweep: true,
    cursorAfter,
    since: latest(earliest(since, memory.lookBackTo), moment.connectedAt),
  });
  if (cursor === null) {
    // Mail that came since the inbox was connected is new, however late the folder is first read (S7).
    const from = folder.readFrom ?? moment.connectedAt;
    return from === null ? { kind: 'begin', cursor: cursorAfter } : window(from, false);
  }
  // A UIDNEXT below what we saw means a server restored from a backup, or one that gives no UIDNEXT and lost its last
  // message: new mail would get UIDs that count as read.
  if (cursor.uidValidity !== state.uidValidity || highest < cursor.lastUid) {
    return window(renumberedSince(folder, moment), true);
  }
  // Counted back from the last whole pass, not from now: in an outage longer than the window, mail came before the
  // window.
  const lastDays = before(earliest(moment.now, memory.completeUpTo) ?? moment.now, WINDOW_MS);
  if (isUnstable(memory.renumberedAt, state, moment.now)) {
    return window(before(earliest(moment.now, wholeUpTo(folder, moment)) ?? moment.now, WINDOW_MS), false);
  }

  const fresh = highest > cursor.lastUid ? { from: cursor.lastUid + 1, to: highest } : null;
  const isSweep = memory.sweptAt === null || ageOf(memory.sweptAt, moment.now) >= SWEEP_EVERY_MS;
  const hasChanged = fresh !== null || state.exists !== memory.exists;
  if (!hasChanged && !isSweep && memory.lookBackTo === null) return { kind: 'unchanged' };
  const since = earliest(isSweep ? lastDays : null, memory.lookBackTo);
  return {
    kind: 'read',
    fresh,
    net: cursor.lastUid > 0 ? { from: Math.max(1, cursor.lastUid - NET_UIDS + 1), to: cursor.lastUid } : null,
    since: since && latest(since, moment.connectedAt),
    isRenumbered: false,
    isSweep,
    cursorAfter,
  };
};

/**
 * Whether the folder's UIDs do not last. Then each pass reads a window of time, and messages are told apart by their
 * content.
 */
export const isUnstable = (renumberedAt: readonly string[], state: FolderState, now: string): boolean =>
  state.uidValidity === '' || renumberedAt.filter((at) => ageOf(at, now) < HOUR_MS).length >= FLAPS;

/** The renumberings of the last hour, with the one of now. */
export const withRenumbering = (renumberedAt: readonly string[], now: string): string[] =>
  [...renumberedAt.filter((at) => ageOf(at, now) < HOUR_MS), now].slice(-FLAPS);

/** Beyond the last whole pass, and beyond what waited in quarantine under UIDs that mean nothing now (a.6). */
const renumberedSince = (folder: PlannedFolder, moment: PassMoment): string =>
  before(earliest(wholeUpTo(folder, moment), moment.quarantinedSince) ?? moment.now, WINDOW_MS);

/** Of a window that broke off nothing tells how far it came: by time, the folder is read from its beginning on. */
const wholeUpTo = ({ memory, readFrom }: PlannedFolder, { connectedAt }: PassMoment): string | null =>
  memory.completeUpTo ?? readFrom ?? connectedAt;

/**
 * The folder's memory after a whole pass: every message that was there when the folder was opened is accounted for
 * (P10).
 */
export const memoryAfter = (
  { renumberedAt, sweptAt }: FolderMemory,
  pass: { now: string; exists: number; isSweep: boolean; isRenumbered: boolean }
): Omit<FolderMemory, 'recentUids'> => ({
  exists: pass.exists,
  completeUpTo: pass.now,
  sweptAt: pass.isSweep ? pass.now : sweptAt,
  renumberedAt: pass.isRenumbered ? withRenumbering(renumberedAt, pass.now) : renumberedAt,
  lookBackTo: null,
  suspect: null,
});

const ageOf = (at: string, now: string): number => Date.parse(now) - Date.parse(at);
const before = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString();

const earliest = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : Date.parse(a) <= Date.parse(b) ? a : b;
const latest = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : Date.parse(a) >= Date.parse(b) ? a : b;
