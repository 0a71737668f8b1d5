import type { Inbox } from '../../domain/inbox/inbox';
import type { GoneMessage } from '../../domain/sync/gone';
import type { Fence, ImapSession, Location, Ports, RecordedChange } from '../../ports';
import type { FetchPorts } from './fetch-message';

export type SyncPorts = FetchPorts &
  Pick<Ports, 'logging' | 'messages' | 'news' | 'quarantine' | 'backfills' | 'folders'>;

/** Whose mailbox, over which connection, under which lease. */
export interface Pass {
  inbox: Inbox;
  fence: Fence;
  session: ImapSession;
  /** Aborts when the process shuts down or loses the lease: the pass ends after its present step. */
  signal: AbortSignal;
  /** The first over this connection: what one before it began may be unfinished. */
  isFirst?: boolean;
  /** A process may have died at a message: what is asked for next is written down before. */
  isCareful?: boolean;
}

/** Where it was, and what is left of it. */
export interface Vanished {
  location: Location;
  gone: GoneMessage;
}

/** What came of a pass of one folder. */
export interface FolderResult {
  changes: RecordedChange[];
  /** Folders are to be read back for answers that came before what they answer (c46). */
  hasLookBack: boolean;
  /** In quarantine as gone before their body was read: perhaps they lie in another folder now (c10, c11). */
  vanished: Vanished[];
  /** Its UIDs do not last, so that it is read by time (c2). */
  isUnstable: boolean;
}
