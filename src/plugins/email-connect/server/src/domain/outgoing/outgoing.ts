import type { MessageId } from '../identification/message-id';
import type { Address } from '../message/message';

/** What a person wrote, after validation: no line break in any address, name or subject (S37). */
export interface Draft {
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  /** Plain text; made from `html` when only that was written. */
  text: string;
  /** As written; sanitised before it is shown again. '' for a text-only mail. */
  html: string;
}

/** The record from which a mail is written: any content type can be a contact. */
export interface LinkedContact {
  /** A content type's uid, `api::person.person`. */
  contactType: string;
  documentId: string;
}

/** The header fields Email Connect owns (RFC 5322 3.6.4, MS-OXOMSG 2.2.1.3). */
export interface OutgoingHeaders {
  messageId: MessageId;
  inReplyTo: MessageId | null;
  /** First the thread token, then what this mail answers; oldest first. */
  references: MessageId[];
  /** Base64 of the 22-byte root. */
  threadIndex: string;
  threadTopic: string;
}

/** RFC 5321: the sender and recipients that the SMTP server is told, which may differ from the header. */
export interface SmtpEnvelope {
  mailFrom: string;
  rcptTo: string[];
}

/**
 * What people are told about a mail (`toldOf`). `delayed`, `bounced`: what the recipients' servers reported after it
 * was sent (P6).
 */
export type DeliveryStatus =
  'held' | 'queued' | 'sent' | 'failed' | 'unknown' | 'asked' | 'cancelled' | 'delayed' | 'bounced';
