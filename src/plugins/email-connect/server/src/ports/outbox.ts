import type { MessageId } from '../domain/identification/message-id';
import type { Address } from '../domain/message/message';
import type { LinkedContact, SmtpEnvelope } from '../domain/outgoing/outgoing';
import type { OutgoingStage, toldOf } from '../domain/outgoing/stage';
import type { OutgoingFailure, Transition } from '../domain/outgoing/transition';
import type { SubmissionReceipt } from './mail-servers';
import type { BegunThread, MessageToRecord } from './records';

export interface NewThread extends BegunThread {
  inboxDocumentId: string;
  contacts: LinkedContact[];
}

/** What a reply needs from the thread that it continues. */
export interface ThreadToContinue {
  documentId: string;
  inboxDocumentId: string;
  threadToken: MessageId;
  threadIndexRoot: string;
  subject: string;
  /** Message-IDs, oldest first. */
  messageIds: MessageId[];
}

/** One press of Send: however often it arrives, it makes one mail (S51). */
export interface Press {
  /** documentId of the admin user. */
  senderDocumentId: string;
  /** Made by the composer, anew for every mail. */
  key: string;
  /** Hash of everything that was written and attached: the same key with other content is not a repetition. */
  contentHash: string;
}

/** The mail that a press made, as long as it is known. */
export interface PressedMail {
  contentHash: string;
  messageDocumentId: string;
  threadDocumentId: string;
}

export interface OutboxRecords {
  loadThread(threadDocumentId: string): Promise<ThreadToContinue | null>;
  /** The Message-ID of the message that a person answers, with its thread and, if it was sent from here, its stage. */
  loadAnswered(messageDocumentId: string): Promise<AnsweredMessage | null>;
  /** The mail that this key made; null for a new key. */
  findPress(press: Pick<Press, 'senderDocumentId' | 'key'>): Promise<PressedMail | null>;
  /**
   * One transaction: the thread when it is new, the message as `queued`, ids, links, the outbox row, and the key of
   * the press. When the key was used meanwhile nothing is written: resolves with the mail that the key made.
   */
  queue(mail: MailToQueue): Promise<QueuedMail>;
  load(messageDocumentId: string): Promise<OutboxEntry | null>;
  /** Whether a row names these composed bytes. */
  usesSource(sourceKey: string): Promise<boolean>;
  /**
   * Entries of this inbox with a due step, oldest first, and entries whose claim ran out. By the database's clock, as
   * every time of the outbox: the clocks of processes may differ by minutes.
   */
  listDue(inboxDocumentId: string): Promise<OutboxEntry[]>;
  /** All entries of this inbox that are not in a final stage, due or not. */
  listOpen(inboxDocumentId: string): Promise<OutboxEntry[]>;
  /**
   * Entries of unknown outcome with proof that they went out: the mail lies in a mailbox, found by its id, an alias,
   * or our own thread and fingerprint, as copies are recognised; or a recipient's server has reported on it.
   */
  listEvident(inboxDocumentId: string): Promise<OutboxEntry[]>;
  /** ms until the next entry is due, at least 0; null: nothing is planned. */
  nextDueInMs(inboxDocumentId: string): Promise<number | null>;
  /** documentIds of inboxes, in any state, with a due entry. */
  listInboxesDue(): Promise<string[]>;
  /**
   * The mail that the owner of this inbox has to see: all that its server does not certainly have, and mail of the
   * last seven days that was refused. Newest first, 50 at most; refused mail takes no place of open mail (S4).
   */
  listAttention(inboxDocumentId: string): Promise<AttentionEntry[]>;
  /** How many mails are in each stage that is not final, and the newest failure among them. */
  summary(inboxDocumentId: string): Promise<OutboxSummary>;
  /**
   * Claims the entry for one step, if it is unchanged since it was read; null when another process was faster. `to`:
   * `submitting` for a submission, which is counted now, else its present stage. It is due again after `putOffMs`.
   * Called again with the same `claimId`, because the answer was lost, it gives the same answer, and counts nothing
   * twice.
   */
  claim(
    entry: OutboxEntry,
    claim: { to: OutgoingStage; claimId: string; claimMs: number; putOffMs: number }
  ): Promise<OutboxEntry | null>;
  /** false when another claim has replaced this one. */
  renew(outboxId: number, claimId: string, claimMs: number): Promise<boolean>;
  /**
   * Changes the entry and the status of its message, in one transaction. false, and nothing is changed, when its
   * stage is not in `transition.from`, or `under` does not hold.
   */
  record(entry: OutboxEntry, transition: Transition, facts: RecordedFacts): Promise<boolean>;
}

export interface AnsweredMessage {
  messageId: MessageId | null;
  threadDocumentId: string;
  /** null for incoming mail, and for mail that was not sent from here. */
  stage: OutgoingStage | null;
}

export interface MailToQueue {
  thread:
    { kind: 'new'; thread: NewThread } | { kind: 'existing'; documentId: string; contacts: LinkedContact[] };
  message: Omit<MessageToRecord, 'threadDocumentId'>;
  smtpEnvelope: SmtpEnvelope;
  sourceKey: string;
  composedFor: string;
  press: Press | null;
  at: Date;
}

export type QueuedMail =
  { kind: 'queued'; entry: OutboxEntry } | { kind: 'pressed-before'; press: Press; pressed: PressedMail };

/** The condition, and what else is written. */
export interface RecordedFacts {
  /**
   * `claim`: only while the entry has this claim; `ran-out`: only after its claim ran out; `attempt`: only while no
   * later submission was begun; `stage`: whenever its stage allows it.
   */
  under: { kind: 'claim' | 'attempt'; claimId: string } | { kind: 'ran-out' } | { kind: 'stage' };
  /** The claim whose outcome this is: it stays recorded which claim decided, also when the copy is filed. */
  by?: string;
  receipt?: SubmissionReceipt;
  filed?: 'appended' | 'found' | 'skipped';
}

export interface OutboxEntry {
  outboxId: number;
  inboxDocumentId: string;
  messageDocumentId: string;
  threadDocumentId: string;
  messageId: MessageId;
  /** The contacts of its thread. */
  contacts: LinkedContact[];
  smtpEnvelope: SmtpEnvelope;
  /** The storage key of the composed bytes (Attachments). */
  sourceKey: string;
  /** The address and login that it must go out with; '' for mail of 0.1.0. */
  composedFor: string;
  stage: OutgoingStage;
  /** Submissions that were begun. */
  attempts: number;
  /** How often since its submission it was looked for in Sent, or tried to be filed there. */
  looks: number;
  /** The outcome of an earlier submission was never learned. */
  isDoubted: boolean;
  /** The last claim; null for none yet. */
  claimId: string | null;
  /** The submission whose outcome was recorded last; null for none yet. */
  recordedBy: string | null;
  failure: OutgoingFailure | null;
}

export interface AttentionEntry {
  messageDocumentId: string;
  threadDocumentId: string;
  subject: string;
  to: Address[];
  deliveryStatus: ReturnType<typeof toldOf>;
  /** As its message shows it; '' for none. */
  failureMessage: string;
  queuedAt: string;
}

export interface OutboxSummary {
  /** Waiting for the server, the mail being submitted included. */
  queued: number;
  held: number;
  /** Being looked for in Sent. */
  unknown: number;
  asked: number;
  /** Sent, but without a copy in Sent yet. */
  unfiled: number;
  /** The failure of waiting mail; '' for none. */
  lastFailure: string;
  /** Since when the oldest queued mail waits; null for none. */
  waitingSince: string | null;
}
