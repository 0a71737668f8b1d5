import type { Inbox } from '../inbox/inbox';
import type { ReadingState } from '../logging/plain-answer';
import type { ImapUid } from '../message/message';
import { arrivedSince } from './arrived-since';
import type { Backfill } from './backfill';
import type { InboxFolder } from './folder';

/**
 * Whether a message in this place was read so far. Dates are INTERNALDATEs: a folder is read in the order of its
 * UIDs.
 */
export const readingState = (
  message: { uidValidity: string; imapUid: ImapUid; receivedAt: string },
  folder: InboxFolder,
  inbox: Pick<Inbox, 'connectedAt'>,
  backfill: Backfill | null
): ReadingState => {
  if (!folder.watched) return 'not-watched';
  const { cursor } = folder;
  const isBehindCursor =
    cursor !== null && cursor.uidValidity === message.uidValidity && message.imapUid <= cursor.lastUid;
  if (!isBehindCursor) return 'not-yet';
  const readFrom = folder.readFrom ?? inbox.connectedAt;
  if (arrivedSince(readFrom)(message)) return 'read';
  if (!backfill || backfill.state === 'cancelled' || !arrivedSince(backfill.since)(message))
    return 'before-connection';
  return backfill.state === 'done' ? 'read' : 'not-yet';
};
