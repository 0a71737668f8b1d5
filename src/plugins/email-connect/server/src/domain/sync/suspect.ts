import { EmailConnectError } from '../errors';
import type { ErrorCode } from '../errors';
import type { ImapUid } from '../message/message';
import { chunkUids } from './uid-set';

/**
 * The message at which the connection to a mail server was lost, or the first of several that were asked for
 * together. `losses`: how many times in a row.
 */
export interface Suspect {
  imapUid: ImapUid;
  losses: number;
}

/** What was asked for when the connection was lost: headers of several messages, or one whole message. */
export interface Asked {
  imapUids: readonly ImapUid[];
  what: 'headers' | 'message';
}

/** How many times one message may end the connection; then it is set aside, and the others are read. */
const LOSSES = 3;
/** Each further loss leaves a quarter of the messages among which the bad one is. */
const NARROWING = 4;

/**
 * A server that ends a connection, falls silent, or breaks the protocol. A server that throttles is not among them:
 * no message is the cause.
 */
const LOST: ReadonlySet<string> = new Set<ErrorCode>([
  'CONNECTION_LOST',
  'CONNECTION_TIMED_OUT',
  'PROTOCOL_MISMATCH',
]);

export const isLoss = (error: unknown): error is EmailConnectError =>
  error instanceof EmailConnectError && endsConnection(error.code);

/** Whether a message in quarantine with this code ended the connection when it was asked for. */
export const endsConnection = (code: string): boolean => LOST.has(code);

/** The suspect after a loss. While headers were asked for together, the search goes on, wherever the next loss is. */
export const afterLoss = (suspect: Suspect | null, { imapUids, what }: Asked): Suspect | null => {
  const [imapUid] = imapUids;
  if (imapUid === undefined) return suspect;
  const goesOn = what === 'headers' || suspect?.imapUid === imapUid;
  return { imapUid, losses: (goesOn ? (suspect?.losses ?? 0) : 0) + 1 };
};

/** Whether this loss was one too many: the message was asked for alone, and not for the first time. */
export const isToBeSetAside = (suspect: Suspect | null, asked: Asked): boolean => {
  const after = afterLoss(suspect, asked);
  return asked.imapUids.length === 1 && suspect?.imapUid === after?.imapUid && isTooMany(after);
};

export const isTooMany = (suspect: Suspect | null): boolean => suspect !== null && suspect.losses >= LOSSES;

/** How many messages are asked for together while there is a suspect. */
export const sizeBeside = (suspect: Suspect | null, size: number): number =>
  suspect ? Math.max(1, Math.floor(size / NARROWING ** suspect.losses)) : size;

/** Messages that are asked for together; `isSuspect`: nothing else may be asked of the server meanwhile. */
export interface Chunk {
  uids: ImapUid[];
  isSuspect: boolean;
}

/**
 * Chunks of at most `size`, each UID once, ascending; smaller chunks from the suspect on, up to the last UID that it
 * was asked for with.
 */
export function* chunksBeside(
  uids: readonly ImapUid[],
  suspect: Suspect | null,
  size: number
): Generator<Chunk> {
  if (!suspect || !uids.includes(suspect.imapUid)) return yield* chunksOf(uids, size, false);
  const ascending = [...new Set(uids)].sort((a, b) => a - b);
  const at = ascending.indexOf(suspect.imapUid);
  yield* chunksOf(ascending.slice(0, at), size, false);
  const among = ascending.slice(at, at + size);
  yield* chunksOf(among, sizeBeside(suspect, among.length), true);
  yield* chunksOf(ascending.slice(at + size), size, false);
}

function* chunksOf(uids: readonly ImapUid[], size: number, isSuspect: boolean): Generator<Chunk> {
  for (const chunk of chunkUids(uids, size)) yield { uids: chunk, isSuspect };
}
