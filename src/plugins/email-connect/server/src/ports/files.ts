import type { MessageId } from '../domain/identification/message-id';
import type { Origin } from '../domain/message/message';
import type { RecordedFile, RefetchedFile } from '../domain/message/refetch';
import type { StoredContent } from './messages';
import type { Fence, Location } from './records';

/** Which content of the storage is used, and which files of logged mail are to be fetched again (S49). */
export interface FileRecords {
  /** The storage keys among these, some hundreds at most, that a file of a mail, or a mail on its way out, names. */
  used(contents: readonly StoredContent[]): Promise<Set<string>>;
  /** Files of the inbox's mail that are to be fetched again; null when there are none. */
  waiting(inboxDocumentId: string): Promise<WaitingFiles | null>;
  /**
   * Messages with files that are to be fetched again by now, the longest due first, at most `limit`: those that lie in
   * this inbox, and those of its own that lie nowhere any more.
   */
  listDue(inboxDocumentId: string, limit: number): Promise<MessageToRefetch[]>;
  /**
   * Before a message is asked for: its files are due again after `waitMs` unless this try succeeds, so that one at which
   * the connection breaks is not asked for at once again. false: somebody else was faster. LEASE_LOST when the fence is stale.
   */
  plan(fence: Fence, messageDocumentId: string, waitMs: number): Promise<boolean>;
  /** What came of it. A file that was removed meanwhile stays so. LEASE_LOST when the fence is stale. */
  settle(fence: Fence, files: readonly RefetchedFile[]): Promise<void>;
  /** A person wants a placeholder's file: it is due now. Resolves with the inboxes that can fetch it. */
  ask(attachmentDocumentId: string): Promise<string[]>;
}

export interface WaitingFiles {
  count: number;
  /** ISO: the next one is fetched then, or as soon as its inbox is read. */
  nextAt: string;
}

export interface MessageToRefetch {
  messageDocumentId: string;
  threadDocumentId: string;
  messageId: MessageId | null;
  origin: Origin;
  /** RFC822.SIZE when it was logged. */
  size: number;
  /** Where it was seen in this inbox, the latest first. */
  locations: Location[];
  /** All of its files, in their order. */
  files: RecordedFile[];
  /** How often it was fetched again before. */
  tries: number;
}
