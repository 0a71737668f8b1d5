import { z } from 'zod';
import { address } from './address';
import { attachment } from './attachment';
import { contactRef } from './contact-ref';
import { evidence } from './evidence';
import { toldLevel } from './level';

/** What a person is told about a mail that they sent. */
export const outgoingStatus = z.enum(['held', 'queued', 'sent', 'failed', 'unknown', 'asked', 'cancelled']);

/** A message as a conversation lists it: everything but its body. */
export const messageSummary = z.object({
  documentId: z.string(),
  /** The Message-ID header without brackets; null when the mail had none, or it is not told. */
  messageId: z.string().nullable(),
  direction: z.enum(['incoming', 'outgoing']),
  /** `facts`: when, with whom and which way. `subject`: also subject and files. What is not told is empty or null. */
  level: toldLevel,
  /** null: not told. */
  origin: z.enum(['crm', 'reply', 'log-address', 'sent-folder', 'backfill', 'by-hand']).nullable(),
  notice: z.enum(['auto-reply', 'bounce', 'delay', 'receipt', 'complaint']).nullable(),
  /** The message that a notice is about; null when that is not here, and for ordinary mail. */
  answersDocumentId: z.string().nullable(),
  /**
   * null for incoming mail. `held`: its inbox was disconnected (S4). `unknown`: the connection broke while sending; it is
   * looked for in Sent. `asked`: it was not found there, and only a person can say (S51).
   * `delayed`, `bounced`: what a recipient's server reported after it was sent (P6).
   */
  deliveryStatus: z.enum([...outgoingStatus.options, 'delayed', 'bounced']).nullable(),
  failureMessage: z.string(),
  /** The inbox from which it was written here; null for incoming mail, and for mail written elsewhere. */
  inboxDocumentId: z.string().nullable(),
  from: address,
  to: z.array(address),
  cc: z.array(address),
  bcc: z.array(address),
  /** null: not told. */
  subject: z.string().nullable(),
  /** The first 160 characters of the writer's own words, on one line. */
  preview: z.string(),
  sentAt: z.string().nullable(),
  receivedAt: z.string(),
  /** When a read receipt said that the message was read; null for never. */
  readAt: z.string().nullable(),
  /** The message was found in a junk folder. */
  isJunk: z.boolean(),
  /**
   * Properties that are shown beside the text, or that keep the text from being read. `new-address`: of its contacts and
   * of earlier messages none had the author's address; `borrowed-name`: nor that, but the author's name. `dmarc-failed`:
   * the server that received it says that the author's domain did not send it. `unproven`: a notice that anybody may
   * have written, which changed nothing.
   */
  marks: z.array(
    z.enum([
      'signed',
      'encrypted',
      'calendar',
      'tnef',
      'new-address',
      'borrowed-name',
      'dmarc-failed',
      'unproven',
    ])
  ),
  evidence: evidence.nullable(),
  attachments: z.array(attachment),
});
export type MessageSummary = z.infer<typeof messageSummary>;

export const message = messageSummary.extend({
  text: z.string(),
  /** Sanitised; still to be shown in a sandboxed frame only. */
  html: z.string(),
});
export type Message = z.infer<typeof message>;

export const messagePageRequest = z.object({
  /** The `earlier` of an answer; without it, the page of the newest messages. */
  before: z
    .string()
    .regex(/^-?[0-9a-z]{1,11}\.[0-9a-z]{1,7}$/)
    .nullable()
    .default(null),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type MessagePageRequest = z.infer<typeof messagePageRequest>;

export const messagePage = z.object({
  /** Oldest first. */
  messages: z.array(messageSummary),
  /** The place to ask for the messages before these with; null: there are none. Opaque. */
  earlier: z.string().nullable(),
});
export type MessagePage = z.infer<typeof messagePage>;

const recipients = z.array(z.string().trim().min(1).max(320)).max(200);

/** A mail written from a contact. Files travel beside it as multipart parts named `files`. */
export const sendMessageRequest = z.object({
  /** Made anew for every mail: one press makes one mail, however often it arrives (S51). */
  key: z.string().min(16).max(100),
  contact: contactRef,
  /** One of the `sendingInboxes` of the settings; null: the sender's own. */
  inboxDocumentId: z.string().max(64).nullable().default(null),
  /** The message that this mail answers; null begins a thread. */
  answersDocumentId: z.string().max(64).nullable(),
  to: recipients.min(1),
  cc: recipients,
  bcc: recipients,
  subject: z.string().max(990),
  text: z.string().max(2_000_000),
  html: z.string().max(2_000_000),
});
export type SendMessageRequest = z.infer<typeof sendMessageRequest>;

export const sendMessageAnswer = z.object({
  messageDocumentId: z.string(),
  threadDocumentId: z.string(),
  deliveryStatus: outgoingStatus,
  /** Recipients that the server refused although it accepted the mail; '' for none. */
  notice: z.string(),
});
export type SendMessageAnswer = z.infer<typeof sendMessageAnswer>;

/** A person's answer about a mail of unknown outcome. */
export const settleMessageRequest = z.object({ answer: z.enum(['went-out', 'did-not', 'send-again']) });
export type SettleMessageRequest = z.infer<typeof settleMessageRequest>;
