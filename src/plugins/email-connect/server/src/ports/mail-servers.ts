import type { MessageId } from '../domain/identification/message-id';
import type { ServerSettings } from '../domain/inbox/inbox';
import type { ImapUid, NoticeKind, ReturnedMessage, ScannedMessage } from '../domain/message/message';
import type { TraceField } from '../domain/message/trace';
import type { SmtpEnvelope } from '../domain/outgoing/outgoing';
import type { FolderListing, FolderState } from '../domain/sync/folder';
import type { Bytes } from './messages';

/** A server that may be dialled: its host resolved and checked (S37). */
export interface ServerAccess extends ServerSettings {
  /** The IP address to connect to; `host` stays the name that the certificate must carry. */
  ip: string;
  password: string;
}

export interface Hosts {
  /**
   * The IP address of a server that may be dialled. Rejects with PORT_NOT_ALLOWED, HOST_NOT_FOUND, HOST_PRIVATE for
   * internal addresses that are not allowed, or CONNECTION_TIMED_OUT when the name server does not answer in time, and
   * at once when `signal` aborts.
   */
  resolve(server: Pick<ServerSettings, 'host' | 'port'>, signal: AbortSignal): Promise<string>;
}

/**
 * A call ends at once when its signal aborts, whatever the server does: with the signal's reason if that is an
 * `EmailConnectError`.
 */
export interface Imap {
  /**
   * Opens TLS, logs in. The session lives as long as `signal`: when that aborts, the connection is cut, and all calls
   * of the session reject. `onEnd` fires once when the session ends, except through `signal` or `close()`.
   */
  connect(
    access: ServerAccess,
    signal: AbortSignal,
    onEnd?: (error: Error | null) => void
  ): Promise<ImapSession>;
  /** The same in named steps, for the connection test. */
  test(
    access: ServerAccess,
    signal: AbortSignal,
    onStep: (step: ConnectionStep) => void
  ): Promise<FolderListing[]>;
}

export interface ConnectionStep {
  name: 'imap-reach' | 'imap-tls' | 'imap-login' | 'imap-folders' | 'smtp-reach' | 'smtp-tls' | 'smtp-login';
  state: 'running' | 'passed' | 'failed';
  /** The result of the step: a TLS version, a number of folders; '' for none. */
  finding: string;
  error: { code: string; message: string; nextStep: string; detail: string } | null;
}

/** One logged-in connection. Its calls queue behind one another. */
export interface ImapSession {
  listFolders(): Promise<FolderListing[]>;
  /** EXAMINE: nothing in the mailbox can change through it (S13). Call `release` when done. */
  openFolder(folderPath: string): Promise<OpenFolder>;
  /**
   * From now on `onChange` fires when the server reports a change of `folderPath`; IDLE runs whenever the session is
   * free.
   */
  watch(folderPath: string, onChange: () => void): Promise<void>;
  /** UIDs of the messages in the folder whose Message-ID is exactly this. */
  findByMessageId(folderPath: string, messageId: MessageId): Promise<ImapUid[]>;
  /** APPEND with \Seen. Resolves with the new UID where the server tells it (UIDPLUS). */
  append(folderPath: string, source: Uint8Array, sentAt: Date): Promise<ImapUid | null>;
  close(): Promise<void>;
}

export interface OpenFolder {
  state: FolderState;
  /** The UIDs that exist in `from..to`, ascending. */
  listUids(from: number, to: number): Promise<ImapUid[]>;
  /** The UIDs of messages whose INTERNALDATE is on or after the day of `since`, ascending. */
  listUidsSince(since: Date): Promise<ImapUid[]>;
  /**
   * Header fields, size and date of these messages: never a body (S12). A UID that is in neither list was gone when
   * it was asked for again; an `unreadable` message exists but did not come (P1).
   */
  scanHeaders(uids: readonly ImapUid[]): Promise<{ scanned: ScannedMessage[]; unreadable: ImapUid[] }>;
  /** The whole message as a stream; null when it is gone. BODY.PEEK leaves \Seen unchanged. */
  fetchMessage(imapUid: ImapUid): Promise<Bytes | null>;
  /**
   * The returned part of an automatic message: the header of the returned mail and the machine-readable report, at
   * most 32 KB in all, never the body of the returned mail (P6). null when the message is gone or returns nothing.
   */
  fetchReturned(imapUid: ImapUid, notice: NoticeKind): Promise<ReturnedMessage | null>;
  /**
   * Received and Authentication-Results of these messages, the topmost first; [] where the server does not give them.
   * A message that is gone is not in the answer.
   */
  fetchTraces(uids: readonly ImapUid[]): Promise<ReadonlyMap<ImapUid, readonly TraceField[]>>;
  /**
   * The UIDs of messages whose header fields hold all of these, newest last, at most `limit`. The server's own search
   * is only a help, and may be wrong (0.7).
   */
  search(search: HeaderSearch, limit: number): Promise<ImapUid[]>;
  release(): void;
}

/** All given fields have to match; each is a substring, without case. */
export interface HeaderSearch {
  messageId?: MessageId;
  /** In From, To or Cc. */
  address?: string;
  subject?: string;
  since?: Date;
}

export interface Smtp {
  /**
   * Submits these exact bytes. Rejects with SEND_OUTCOME_UNKNOWN when the connection broke after the data was sent,
   * and with LEASE_LOST when `signal` aborted before: then the last byte was not written, so that the server cannot
   * have accepted it.
   */
  submit(
    access: ServerAccess,
    envelope: SmtpEnvelope,
    source: Uint8Array,
    signal: AbortSignal
  ): Promise<SubmissionReceipt>;
  test(access: ServerAccess, signal: AbortSignal, onStep: (step: ConnectionStep) => void): Promise<void>;
}

export interface SubmissionReceipt {
  /** The id by which the provider replaced ours, if its reply tells (S14). */
  serverMessageId: MessageId | null;
  /** The server's last line, shortened. */
  response: string;
  /** Recipients that the server refused although it accepted the mail for the others. */
  refused: RefusedRecipient[];
}

export interface RefusedRecipient {
  recipient: string;
  /** What the server said. */
  response: string;
}
