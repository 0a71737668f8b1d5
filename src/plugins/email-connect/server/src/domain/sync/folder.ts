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
  /** A 32-bit number, kept as text: it outgrows nothing and breaks no JSON. '' where the server gives none. */
  uidValidity: string;
  /** Always a number: adapters ask for the UID of `*` where the server leaves UIDNEXT out. */
  uidNext: number;
  exists: number;
  /** MAILBOXID (RFC 8474 4.1); null where the server has none. */
  objectId: string | null;
}

/** Everything up to `lastUid` is accounted for: judged, gone, or in quarantine (P1). */
export interface SyncCursor {
  uidValidity: string;
  lastUid: ImapUid;
}

/**
 * What a folder is for: `watch`: replies are looked for; `log`: whatever a person puts there is logged;
 * `unlog`: the conversation of whatever a person puts there is un-logged for good.
 */
export type FolderRole = 'watch' | 'log' | 'unlog';

/** What is remembered of a folder between passes besides its cursor. */
export interface FolderMemory {
  /** The UIDs near the cursor that were accounted for, as an IMAP sequence-set: one below the cursor that is not among them came late. */
  recentUids: string;
  /** Messages in the folder when it was last read to its end; with UIDNEXT unchanged too, nothing came. */
  exists: number;
  /** ISO; everything that was there at this time is accounted for (P10). null before the first whole pass. */
  completeUpTo: string | null;
  /** ISO; when the last days were last read again, whatever the cursor said (late UIDs). */
  sweptAt: string | null;
  /** ISO times at which the server renumbered the folder, within the last hour; five of them end the trust in its UIDs (c2). */
  renumberedAt: string[];
  /** ISO; read the headers since then once more, for mail that became ours after it was judged (c46). null: no need. */
  lookBackTo: string | null;
  /** Where the connection was lost, until it is past. */
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

/** A folder of an inbox as we keep it. */
export interface InboxFolder {
  folderPath: string;
  specialUse: SpecialUse | null;
  watched: boolean;
  role: FolderRole;
  /** false: the server does not list it any more; its cursor is kept, for it may come back (c12). */
  listed: boolean;
  /** OBJECTID; a renamed folder is found again by it. */
  objectId: string | null;
  /** ISO; a folder that appeared after the inbox was connected is read from then on. null: from where it stood when it was first seen. */
  readFrom: string | null;
  /** null before the first pass. */
  cursor: SyncCursor | null;
  memory: FolderMemory;
  lastPassAt: string | null;
  lastErrorCode: string | null;
  /** Times in a row that it would not open. */
  failures: number;
  /** ISO; a folder that would not open is left alone until then (a.2). */
  retryAt: string | null;
}
