import type { Page } from '../../../shared/contracts/contact-ref';
import type { ThreadPage } from '../../../shared/contracts/thread';
import type { LeftMail } from '../domain/access/leaving';
import type { Caller, SeenMessage, ThreadCarriers } from '../domain/access/sight';
import type { LinkedContact } from '../domain/outgoing/outgoing';

/** Mail whose contact is deleted (S45). */
export interface LeavingRecords {
  /** What stands on the record now: asked before it is deleted. */
  mailOn(contact: LinkedContact): Promise<LeavingMail>;
  /** Whether any version of the record is there: in a language, as a draft or published. */
  isThere(contact: LinkedContact): Promise<boolean>;
  /** Keeps what a person chose, in place of what they chose before for this record. */
  choose(choice: LeavingChoice): Promise<void>;
  /** What the person chose in the last `withinMs`, by the clock of the database; it is forgotten with this. */
  takeChoice(contact: LinkedContact, chosenBy: string, withinMs: number): Promise<LeftMail | null>;
  /** Nothing is written to these conversations from here to the end of the transaction of the caller. */
  lock(threadDocumentIds: readonly string[]): Promise<void>;
  /**
   * Removes for good those of these messages that stand on no record but this one, with tombstones (S21); a conversation
   * of which nothing is left is un-logged. Resolves with their number.
   */
  erase(contact: LinkedContact, messageDocumentIds: readonly string[], at: Date): Promise<number>;
  /** They stand on this record from now on, and so does what their people answer. Resolves with their number. */
  handOver(messageDocumentIds: readonly string[], to: LinkedContact): Promise<number>;
  /**
   * After the deletion: nothing stands on the record any more. Those of the conversations that stand on no record are
   * muted, with their mail kept. Resolves with these.
   */
  takeLeave(contact: LinkedContact, threadDocumentIds: readonly string[], at: Date): Promise<string[]>;
  /**
   * The conversations with messages that stand on no record, told by these messages alone. Newest first. Managers are
   * shown all, others those of their inboxes.
   */
  unassigned(page: Page, reader: UnassignedReader): Promise<ThreadPage>;
}

export type UnassignedReader = Pick<Caller, 'managesAll' | 'inboxDocumentIds' | 'userDocumentId'>;

export interface LeavingMail {
  /** documentIds of all conversations with mail on the record. */
  threads: string[];
  /** documentIds of all messages on the record. */
  messages: string[];
  /** Those that stand on no other record, and wait for none. */
  alone: LeavingMessage[];
  /** Who is on these messages. */
  people: ThreadCarriers;
}

export interface LeavingMessage extends SeenMessage {
  documentId: string;
}

export interface LeavingChoice {
  contact: LinkedContact;
  /** documentId of an admin user. */
  chosenBy: string;
  left: LeftMail;
}
