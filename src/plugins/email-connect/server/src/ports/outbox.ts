import type { MessageId } from '../domain/identification/message-id';
import type { ContactRef, DeliveryStatus, SmtpEnvelope } from '../domain/outgoing/outgoing';
import type { SubmissionReceipt } from './mail-servers';
import type { BegunThread, MessageToRecord } from './records';

export interface NewThread extends BegunThread {
  inboxDocumentId: string;
  contacts: ContactRef[];
}

/** What a reply needs to know of the thread it continues. */
export interface ThreadToContinue {
  documentId: string;
  inboxDocumentId: string;
  threadToken: MessageId;
  threadIndexRoot: string;
  subject: string;
  /** Message-IDs, oldest first. */
  messageIds: MessageId[];
}

export interface OutboxRecords {
  loadThread(threadDocumentId: string): Promise<ThreadToContinue | null>;
  /** The Message-ID of the message a person answers, with its thread. */
  loadAnswered(
    messageDocumentId: string
  ): Promise<{ messageId: MessageId | null; threadDocumentId: string } | null>;
  /** One transaction: the thread when it is new, the message as `queued`, ids, links, the outbox row. */
  queue(entry: {
    thread:
      { kind: 'new'; thread: NewThread } | { kind: 'existing'; documentId: string; contacts: ContactRef[] };
    message: Omit<MessageToRecord, 'threadDocumentId'>;
    smtpEnvelope: SmtpEnvelope;
    sourceKey: string;
    at: Date;
  }): Promise<OutboxEntry>;
  /** Due entries of this inbox, oldest first. */
  listDue(inboxDocumentId: string, at: Date): Promise<OutboxEntry[]>;
  /** Takes the entry for one attempt; false when someone else has it. */
  claim(outboxId: number, until: Date): Promise<boolean>;
  recordSent(entry: OutboxEntry, receipt: SubmissionReceipt, at: Date): Promise<void>;
  recordFiled(entry: OutboxEntry, filed: 'appended' | 'found' | 'skipped'): Promise<void>;
  /** A step that did not succeed: where the entry stands now, and what the message shows. */
  recordSetback(
    entry: OutboxEntry,
    setback: {
      stage: OutboxEntry['stage'];
      deliveryStatus: DeliveryStatus;
      code: string;
      message: string;
      /** null: no further attempt. */
      nextAttemptAt: Date | null;
    }
  ): Promise<void>;
}

export interface OutboxEntry {
  outboxId: number;
  inboxDocumentId: string;
  messageDocumentId: string;
  threadDocumentId: string;
  messageId: MessageId;
  /** Of its thread. */
  contacts: ContactRef[];
  smtpEnvelope: SmtpEnvelope;
  /** Where the composed bytes are (Attachments). */
  sourceKey: string;
  /** `submit`: not yet with the server; `verify`: it may be; look in Sent first; `file`: sent, its copy is not in Sent yet. */
  stage: 'submit' | 'verify' | 'file' | 'done' | 'failed';
  attempts: number;
}

/** Reading decides nothing, so it speaks the shapes that cross HTTP. */
