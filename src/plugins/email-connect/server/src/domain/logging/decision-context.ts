import type { Receiver } from '../authentication/believed-results';
import type { MessageId } from '../identification/message-id';
import type { LoggingPolicy } from '../inbox/inbox';
import type { FolderRole, SpecialUse } from '../sync/folder';

/** Where a message was found, and which settings hold there. */
export interface DecisionContext {
  inboxDocumentId: string;
  inboxAddress: string;
  folderUse: SpecialUse | null;
  folderRole: FolderRole;
  policy: LoggingPolicy;
  /** '' for none. */
  logAddress: string;
  receiver: Receiver;
  /** A person asked for this very message: "log it now". */
  byHand: boolean;
  /**
   * The documentId of the thread that a key names: the same in every process and at every time, so that no thread is
   * begun twice.
   */
  threadIdOf(key: string): string;
  /** Whether an id carries our signature (b.1). */
  isMinted(id: MessageId): boolean;
}
