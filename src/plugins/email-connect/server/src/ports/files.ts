import type { MessageId } from '../domain/identification/message-id';
import type { Origin } from '../domain/message/message';
import type { RecordedFile, RefetchedFile } from '../domain/message/refetch';
import type { StoredContent } from './messages';
import type { Fence, Location } from './records';

/** Which content of the storage is in use, and which files of logged mail are to be fetched again (S49). */
export interface FileRecords {
  /**
   * The storage keys among these, some hundreds at most, that are named by a file of a mail or by a mail on its way
   * out.
   */
  used(contents: readonly StoredContent[]): Promise<Set<string>>;
  /** Files of the inbox's mail that are to be fetched again; null when there are none. */
  waiting(inboxDocumentId: string): Promise<WaitingFiles | null>;
  /**
   * Messages with files that are due to be fetched again, the longest due first, at most `limit`: messages that lie
   * in this inbox, and messages of its own that lie nowhere any more.
   */
  listDue(inboxDocumentId: string, limit: number): Promise<MessageToRefetch[]>;
  /**
   * Called before a message is asked for: its files are due again after `waitMs` unless this try succeeds, so that a
   * message which breaks the connection is not asked for at once again. false: another process was faster. LEASE_LOST
   * when the fence is stale.
   */
  plan(fence: Fence, messageDocumentId: string, waitMs: number): Promise<boolean>;
  /** Records the result. A file that was removed meanwhile stays removed. LEASE_LOST when the fence is stale. */
  settle(fence: Fence, files: readonly RefetchedFile[]): Promise<void>;
  /** A person wants a placeholder's file: it becomes due now. Resolves with the inboxes that can fetch it. */
  ask(attachmentDocumentId: string): Promise<string[]>;
}

export interface WaitingFiles {
  count: number;
  /** ISO: when the next file is fetched, or as soon as its inbox is read after that. */
  nextAt: string;
}

/** A recorded message that an inbox is asked for once more. */
export interface MessageToFind {
  messageDocumentId: string;
  threadDocumentId: string;
  messageId: MessageId | null;
  origin: Origin;
  /** RFC822.SIZE when it was logged. */
  size: number;
  /** Where in this inbox it is to be looked for, the latest first. */
  locations: Location[];
}

export interface MessageToRefetch extends MessageToFind {
  /** All of its files, in their order. */
  files: RecordedFile[];
  /** How often it was fetched again before. */
  tries: number;
}
