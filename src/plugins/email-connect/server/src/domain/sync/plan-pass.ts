import type { ImapUid } from '../message/message';
import type { FolderState, SyncCursor } from './folder';

/**
 * `start`: first sight; what is there already is older than the connection and stays unread (S7).
 * `scan`: these UIDs, both ends included. `rescan`: the UIDs mean other messages now; read a window of time again (P3).
 */
export type PassPlan =
  | { kind: 'start'; cursor: SyncCursor }
  | { kind: 'nothing' }
  | { kind: 'scan'; from: number; to: number }
  | { kind: 'rescan'; uidValidity: string };

/** What one pass of one folder has to do, by its cursor and by what the server says of it (RFC 3501 2.3.1.1). */
export const planPass = (cursor: SyncCursor | null, state: FolderState): PassPlan => {
  const highest = Math.max(0, state.uidNext - 1);
  if (cursor === null) {
    return { kind: 'start', cursor: { uidValidity: state.uidValidity, lastUid: highest as ImapUid } };
  }
  // A UIDNEXT that falls below what we saw is a server put back from a backup, or one that has no UIDNEXT and lost
  // its last message: new mail would get UIDs that count as read.
  if (cursor.uidValidity !== state.uidValidity || highest < cursor.lastUid) {
    return { kind: 'rescan', uidValidity: state.uidValidity };
  }
  return highest === cursor.lastUid
    ? { kind: 'nothing' }
    : { kind: 'scan', from: cursor.lastUid + 1, to: highest };
};
