import type { ImapUid } from '../message/message';

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
}

/** What SELECT/EXAMINE says (RFC 3501 7.1, 7.3.1). */
export interface FolderState {
  /** A 32-bit number, kept as text: it outgrows nothing and breaks no JSON. */
  uidValidity: string;
  /** Always a number: adapters ask for the UID of `*` where the server leaves UIDNEXT out. */
  uidNext: number;
  exists: number;
}

/** Everything up to `lastUid` is accounted for: judged, gone, or in quarantine (P1). */
export interface SyncCursor {
  uidValidity: string;
  lastUid: ImapUid;
}

/** A folder of an inbox as we keep it. */
export interface InboxFolder {
  folderPath: string;
  specialUse: SpecialUse | null;
  watched: boolean;
  /** null before the first pass. */
  cursor: SyncCursor | null;
  lastPassAt: string | null;
  lastErrorCode: string | null;
}
