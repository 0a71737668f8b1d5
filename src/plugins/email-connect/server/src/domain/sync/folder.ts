import type { ImapUid } from '../message/message';
import type { Suspect } from './suspect';

/** RFC 6154 attribute without its backslash, in lower case; `inbox` for INBOX. */
export type SpecialUse = 'inbox' | 'sent' | 'drafts' | 'junk' | 'trash' | 'archive' | 'all' | 'flagged';

/** A folder as the server lists it. */
export interface FolderListing {
  /** The path as imapflow gives it (decoded from modified UTF-7). */
  folderPath: string;
  delimiter: string;
  specialUse: SpecialUse | null;
  /** false for \Noselect and \NonExistent. */
  selectable: boolean;
  /** OBJECTID's MAILBOXID (RFC 8474 4.1), which survives a rename; null where the server has none. */
  objectId: string | null;
}

/** What SELECT/EXAMINE says (RFC 3501 7.1, 7.3.1). */
export interface FolderState {
  /** A 32-bit number, kept as text, which no column or JSON reader can cut. '' where the server gives none. */
  uidValidity: string;
  /** Always a number: adapters ask for the UID of `*` where the server leaves UIDNEXT out. */
  uidNext: number;
  exists: number;
  /** MAILBOXID (RFC 8474 4.1); null where the server has none. */
  objectId: string | null;
}

/** Every UID up to `lastUid` is accounted for: judged, gone, or in quarantine (P1). */
export interface SyncCursor {
  uidValidity: string;
  lastUid: ImapUid;
}

/**
 * The purpose of a folder: `watch`: replies are looked for; `log`: every message that a person puts there is logged;
 * `unlog`: the conversation of every message that a person puts there is un-logged for good.
 */
export type FolderRole = 'watch' | 'log' | 'unlog';

/** What is remembered about a folder between passes besides its cursor. */
export interface FolderMemory {
  /**
   * The UIDs near the cursor that were accounted for, as an IMAP sequence-set: a UID below the cursor that is not in
   * it came late.
   */
  recentUids: string;
  /** Messages in the folder when it was last read to its end; if this and UIDNEXT are unchanged, nothing came. */
  exists: number;
  /** ISO; every message that was there at this time is accounted for (P10). null before the first whole pass. */
  completeUpTo: string | null;
  /** ISO; when a sweep last read the last days again, whatever the cursor said (late UIDs). */
  sweptAt: string | null;
  /**
   * ISO times within the last hour at which the server renumbered the folder; after five, its UIDs are not trusted
   * (c2).
   */
  renumberedAt: string[];
  /**
   * ISO; read the headers from then on once more, for mail that became ours after it was judged (c46). null: no need.
   */
  lookBackTo: string | null;
  /** The message at which the connection was lost, until a pass is past it. */
  suspect: Suspect | null;
}

export const emptyMemory: FolderMemory = {
  recentUids: '',
  exists: 0,
  completeUpTo: null,
  sweptAt: null,
  renumberedAt: [],
  lookBackTo: null,
  suspect: null,
};

/** A folder of an inbox, as recorded. */
export interface InboxFolder {
  folderPath: string;
  specialUse: SpecialUse | null;
  watched: boolean;
  role: FolderRole;
  /** false: the server does not list the folder any more; its cursor is kept, for it may come back (c12). */
  listed: boolean;
  /** OBJECTID, by which a renamed folder is found again. */
  objectId: string | null;
  /**
   * ISO; a folder that appeared after the inbox was connected is read from this time on. null: from its state when it
   * was first seen.
   */
  readFrom: string | null;
  /** null before the first pass. */
  cursor: SyncCursor | null;
  memory: FolderMemory;
  lastPassAt: string | null;
  lastErrorCode: string | null;
  /** How many times in a row the folder could not be opened. */
  failures: number;
  /** ISO; a folder that could not be opened is not tried before this time (a.2). */
  retryAt: string | null;
}

/** A folder that was not seen before: replies are looked for in it from its present state on (S7). */
export const newFolder = (
  folder: Pick<InboxFolder, 'folderPath' | 'specialUse' | 'watched' | 'objectId'>
): InboxFolder => ({
  ...folder,
  role: 'watch',
  listed: true,
  readFrom: null,
  cursor: null,
  memory: emptyMemory,
  lastPassAt: null,
  lastErrorCode: null,
  failures: 0,
  retryAt: null,
});
