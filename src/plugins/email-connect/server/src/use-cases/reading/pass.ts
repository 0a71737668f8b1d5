import type { Inbox } from '../../domain/inbox/inbox';
import type { GoneMessage } from '../../domain/sync/gone';
import type { Fence, ImapSession, Location, Ports, RecordedChange } from '../../ports';
import type { FetchPorts } from './fetch-message';

export type SyncPorts = FetchPorts &
  Pick<Ports, 'logging' | 'messages' | 'news' | 'quarantine' | 'backfills' | 'folders'>;

/** An inbox, the connection to it and the lease it is read under. */
export interface Pass {
  inbox: Inbox;
  fence: Fence;
  session: ImapSession;
  /** Aborts when the process shuts down or loses the lease: the pass ends after its present step. */
  signal: AbortSignal;
  /** The first pass over this connection: an earlier pass may have left work unfinished. */
  isFirst?: boolean;
  /** A process may have died at a message: each message is written down before it is asked for. */
  isCareful?: boolean;
}

/** Where a message was, and what is left of it. */
export interface Vanished {
  location: Location;
  gone: GoneMessage;
}

/** The result of a pass of one folder. */
export interface FolderResult {
  changes: RecordedChange[];
  /** Folders are to be read again for answers that were judged before the mail they answer (c46). */
  hasLookBack: boolean;
  /**
   * Messages in quarantine because they were gone before their body was read: they may lie in another folder now
   * (c10, c11).
   */
  vanished: Vanished[];
  /** The folder's UIDs do not last, so that it is read by time (c2). */
  isUnstable: boolean;
}
