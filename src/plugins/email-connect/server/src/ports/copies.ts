import type { MessageContent } from '../domain/message/same-content';
import type { MessageToFind } from './files';
import type { Fence } from './records';

/**
 * Copies of recorded messages, in inboxes that hold none of them as far as is known: nothing but what a copy says can
 * show that it is a true one (S41).
 */
export interface CopyRecords {
  /**
   * Copies in this inbox that are due to be compared, the longest due first, at most `limit`, and one of each message;
   * none where the inbox's address is not the team's.
   */
  listDue(inboxDocumentId: string, limit: number): Promise<CopyToCompare[]>;
  /**
   * Called before a copy is asked for: it is due again after `waitMs` unless this try succeeds, null: never. So a copy
   * that breaks the connection is not asked for again and again. false: another process was faster. LEASE_LOST when
   * the fence is stale.
   */
  plan(fence: Fence, copy: CopyToCompare, waitMs: number | null): Promise<boolean>;
  /**
   * The copy is not asked for again; if it is a true one, its inbox holds the message from now on. Resolves with
   * whether that is new. LEASE_LOST when the fence is stale.
   */
  settle(fence: Fence, copy: CopyToCompare, isTrue: boolean): Promise<boolean>;
}

export interface CopyToCompare extends MessageToFind {
  /** The inbox holds the message by now: there is nothing to compare any more. */
  isHeld: boolean;
  /** A file of what is recorded is still to be fetched. */
  isWaitingForFiles: boolean;
  /** What is recorded. */
  content: MessageContent;
  /** How often copies of the message were asked for in this inbox before, wherever they lie. */
  tries: number;
}
