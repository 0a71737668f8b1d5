import type { MessageId } from '../identification/message-id';
import type { TraceField } from './trace';

/** A UID of one message in one folder (RFC 3501 2.3.1.1): meaningful only with the folder's uidValidity. */
export type ImapUid = number & { readonly brand: 'ImapUid' };

/** addr-spec as written, display name decoded; both without line breaks. */
export interface Address {
  address: string;
  displayName: string;
}

/** The header fields a verdict may rest on (RFC 5322 3.6, RFC 3834, RFC 2919). */
export interface MessageHeaders {
  /** null when the field is missing or holds no id. */
  messageId: MessageId | null;
  /** In-Reply-To, in the order written. */
  inReplyTo: MessageId[];
  /** References, oldest first as written. */
  references: MessageId[];
  /** Original ids that Exchange and Gmail keep when they rewrite Message-ID. */
  originalMessageIds: MessageId[];
  /** The 22-byte root of Thread-Index as lower-case hex (MS-OXOMSG 2.2.1.3); null when absent. */
  threadIndexRoot: string | null;
  from: Address[];
  sender: Address[];
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  /** Decoded; '' when missing. */
  subject: string;
  /** The Date field as an ISO time; null when missing or unparsable (never "now"). */
  sentAt: string | null;
  /** The zone that the Date field names, in minutes east of UTC; null when it names none, as -0000 does (RFC 5322 3.3). */
  sentZone: number | null;
  /** Lower-case `type/subtype` with its parameters as written; '' when missing. */
  contentType: string;
  /** Signals of automatic mail, raw and unfolded; '' when missing. */
  autoSubmitted: string;
  precedence: string;
  listId: string;
  returnPath: string | null;
  failedRecipients: string;
  autoReplyMarks: string[];
  /**
   * The addresses to which the receiving server delivered it (Delivered-To, X-Original-To, Envelope-To); a Bcc shows
   * nowhere else.
   */
  deliveredTo: string[];
}

/** One row of a header scan: the data fetched before the verdict, and nothing else (S12). */
export interface ScannedMessage {
  imapUid: ImapUid;
  /** INTERNALDATE, ISO. */
  receivedAt: string;
  /** RFC822.SIZE in bytes. */
  size: number;
  /** The raw header fields as the server sent them. */
  headerBytes: Uint8Array;
  /** The \Draft flag is set, or Gmail's label of that name: an autosaved draft was not sent. */
  isDraft: boolean;
  /** Gmail's labels without backslash, lower case (`sent`, `inbox`, `crm`); [] on every other server. */
  labels: string[];
  /** The server's own conversation id (X-GM-THRID; THREADID, RFC 8474 4.2); null where the server has none. */
  serverThreadId: string | null;
}

/** A scanned message with its header fields parsed: all that a verdict may rest on. */
export interface Candidate extends Omit<ScannedMessage, 'headerBytes'> {
  headers: MessageHeaders;
  /** The returned part of an automatic message; null until it was fetched. */
  returned: ReturnedMessage | null;
  /** The topmost field first; null until it was fetched. */
  trace: readonly TraceField[] | null;
}

/** The machine-readable parts of a bounce, receipt or complaint, and the header of the mail it returns: never a body (P6). */
export interface ReturnedMessage {
  /** Message-IDs of the returned mail, the likeliest first. */
  messageIds: MessageId[];
  /** Original-Envelope-Id (RFC 3464 2.2.1); '' for none. */
  envelopeId: string;
  /** One entry for each recipient it reports on (RFC 3464 2.3). */
  recipients: DeliveryReport[];
}

export interface DeliveryReport {
  /** The recipient that the mail was sent to, as the report says; normalised, '' when it is not named. */
  address: string;
  /** The final recipient where a forward changed it, normalised; '' otherwise. */
  forwardedTo: string;
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** RFC 3463, `5.1.1`; '' when it is not given. */
  status: string;
  /** What the other server said, shortened; '' for nothing. */
  diagnostic: string;
}

/** One leaf of a message that is kept as a file. */
export interface ParsedAttachment {
  fileName: string;
  contentType: string;
  /** Decoded bytes. */
  size: number;
  sha256: string | null;
  disposition: 'attachment' | 'inline';
  /** Without angle brackets; '' when missing. */
  contentId: string;
  state: AttachmentState;
  /** Where the bytes are; null unless `state` is `stored`. */
  storageKey: string | null;
}

/** `too-large` and `failed` are placeholders: the message is logged, but its file is not stored. */
export type AttachmentState = 'stored' | 'too-large' | 'failed';

/**
 * What a message is besides its text: signed or encrypted by S/MIME (RFC 8551) or PGP (RFC 3156), with a calendar
 * object (RFC 6047), or wrapped by Outlook in a winmail.dat (MS-OXTNEF). The parts that carry these are kept as files
 * of the message.
 */
export type MessageMark = 'signed' | 'encrypted' | 'calendar' | 'tnef';

/**
 * What is known of a message when it is recorded (S44). `new-address`: somebody new to the conversation wrote it,
 * `borrowed-name`: under the name of somebody who is not; `dmarc-failed`: the receiving server says that the author's
 * domain did not send it; `unproven`: a notice that anybody may have written.
 */
export type RecordMark = 'new-address' | 'borrowed-name' | 'dmarc-failed' | 'unproven';

export const parsedForms = ['mime', 'raw'] as const;
export type ParsedForm = (typeof parsedForms)[number];

/** A message after its body was read. `text` always exists (S23). */
export interface ParsedMessage {
  headers: MessageHeaders;
  text: string;
  /** Sanitised: no script, no form, no remote load without the viewer's consent. '' when none was sent. */
  html: string;
  attachments: ParsedAttachment[];
  /** `raw`: the parser failed; the message is kept as a file and its text is a best effort. */
  parsedAs: ParsedForm;
  /** Each at most once. */
  marks: MessageMark[];
  /** Each message in it (message/rfc822), in order, the first five; without the messages inside those. */
  embedded: EmbeddedMessage[];
}

/** A message as it is read: the servers' own fields are judged when it is recorded, and not kept. */
export interface ReadMessage extends ParsedMessage {
  /** The topmost field first. */
  trace: TraceField[];
}

/** A message that is carried inside another one: its header fields and its own text. */
export interface EmbeddedMessage extends MessageHeaders {
  /** At most the beginning, if it is long. */
  text: string;
}

export type Direction = 'incoming' | 'outgoing';

/** What an automatic message says about the message it answers (P6). */
export type NoticeKind = 'auto-reply' | 'bounce' | 'delay' | 'receipt' | 'complaint';

export type Origin = 'crm' | 'reply' | 'log-address' | 'sent-folder' | 'backfill' | 'by-hand';
