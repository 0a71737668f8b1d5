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

/** One press of Send: however often it arrives, it makes one mail (S51). */
export interface Press {
  /** documentId of the admin user. */
  senderDocumentId: string;
  /** Made by whoever shows the composer, anew for every mail. */
  key: string;
  /** Hash of all that was written and attached: the same key with other content is no repetition. */
  contentHash: string;
}

/** What a press made, for as long as its mail is known. */
export interface PressedMail {
  contentHash: string;
  messageDocumentId: string;
  threadDocumentId: string;
}

export interface OutboxRecords {
  loadThread(threadDocumentId: string): Promise<ThreadToContinue | null>;
  /** The Message-ID of the message a person answers, with its thread and, for one of ours, where it stands. */
  loadAnswered(messageDocumentId: string): Promise<AnsweredMessage | null>;
  /** What this key made; null when it is new. */
  findPress(press: Pick<Press, 'senderDocumentId' | 'key'>): Promise<PressedMail | null>;
  /**
   * One transaction: the thread when it is new, the message as `queued`, ids, links, the outbox row, and the key of the
   * press. Nothing of it when the key was taken meanwhile: then resolves with what that made.
   */
  queue(mail: MailToQueue): Promise<QueuedMail>;
  load(messageDocumentId: string): Promise<OutboxEntry | null>;
  /** Some row names these composed bytes. */
  usesSource(sourceKey: string): Promise<boolean>;
  /**
   * Entries of this inbox of which a step is due, oldest first, and those whose holder's claim ran out. By the database's
   * clock, as every time of the outbox: processes may differ by minutes.
   */
  listDue(inboxDocumentId: string): Promise<OutboxEntry[]>;
  /** All of this inbox that are in no final stage, due or not. */
  listOpen(inboxDocumentId: string): Promise<OutboxEntry[]>;
  /**
   * Those of unknown outcome of which something shows that they went out: they lie in a mailbox, found by their id, an alias,
   * or our own thread and fingerprint, as reading tells copies; or a recipient's server has reported on them.
   */
  listEvident(inboxDocumentId: string): Promise<OutboxEntry[]>;
  /** ms until the next one is due, at least 0; null: nothing is planned. */
  nextDueInMs(inboxDocumentId: string): Promise<number | null>;
  /** documentIds of inboxes of which something is due now, in any state. */
  listInboxesDue(): Promise<string[]>;
  /**
   * What the owner of this inbox is to see: all that its server does not have for certain, and what was refused of the mail
   * of the last seven days. Newest first, 50 at most; what was refused takes no place of what is open (S4).
   */
  listAttention(inboxDocumentId: string): Promise<AttentionEntry[]>;
  /** How many mails stand in each stage that is not final, and what the newest failure among them says. */
  summary(inboxDocumentId: string): Promise<OutboxSummary>;
  /**
   * Takes the entry for one step, provided that it stands as it was read; null when someone was faster.
   * `to`: `submitting` for a submission, which is counted now, else the stage it is in. It is due again after `putOffMs`.
   * Asked again under the same `claimId`, because the answer was lost, it answers as it did, and counts nothing twice.
   */
  claim(
    entry: OutboxEntry,
    claim: { to: OutgoingStage; claimId: string; claimMs: number; putOffMs: number }
  ): Promise<OutboxEntry | null>;
  /** false when it is no longer this claim's. */
  renew(outboxId: number, claimId: string, claimMs: number): Promise<boolean>;
  /**
   * Moves the entry and what its message shows, in one transaction. false, and nothing is changed, when it stands in none of
   * `transition.from`, or `under` is not met.
   */
  record(entry: OutboxEntry, transition: Transition, facts: RecordedFacts): Promise<boolean>;
}

export interface AnsweredMessage {
  messageId: MessageId | null;
  threadDocumentId: string;
  /** null for incoming mail, and for what was not sent from here. */
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

/** On what condition, and what else is written. */
export interface RecordedFacts {
  /**
   * `claim`: only while this claim is the entry's; `ran-out`: only while its claim is over; `attempt`: only while no later
   * submission was begun; `stage`: wherever its stage allows it.
   */
  under: { kind: 'claim' | 'attempt'; claimId: string } | { kind: 'ran-out' } | { kind: 'stage' };
  /** The claim whose outcome this is: it stays known whose word the entry stands on, also when its copy is filed. */
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
  /** Of its thread. */
  contacts: LinkedContact[];
  smtpEnvelope: SmtpEnvelope;
  /** Where the composed bytes are (Attachments). */
  sourceKey: string;
  /** Address and login that it goes out with, or not at all; '' for mail of 0.1.0. */
  composedFor: string;
  stage: OutgoingStage;
  /** Submissions that were begun. */
  attempts: number;
  /** How often it was looked for in Sent, or tried to be filed there, since it was submitted. */
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
  /** As its message shows it; '' for nothing to say. */
  failureMessage: string;
  queuedAt: string;
}

export interface OutboxSummary {
  /** Waiting for the server, the one in hand included. */
  queued: number;
  held: number;
  /** Being looked for in Sent. */
  unknown: number;
  asked: number;
  /** Sent, without their copy in Sent yet. */
  unfiled: number;
  /** Of what waits; '' for none. */
  lastFailure: string;
  /** Since when the oldest that is queued waits; null for none. */
  waitingSince: string | null;
}
