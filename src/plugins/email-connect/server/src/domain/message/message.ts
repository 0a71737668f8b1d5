import type { MessageId } from '../identification/message-id';

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
  /** Lower-case `type/subtype` with its parameters as written; '' when missing. */
  contentType: string;
  /** Signals of automatic mail, raw and unfolded; '' when missing. */
  autoSubmitted: string;
  precedence: string;
  listId: string;
  returnPath: string | null;
  failedRecipients: string;
  autoReplyMarks: string[];
}

/** One row of a header scan: what was asked for before the verdict, and nothing else (S12). */
export interface ScannedMessage {
  imapUid: ImapUid;
  /** INTERNALDATE, ISO. */
  receivedAt: string;
  /** RFC822.SIZE in bytes. */
  size: number;
  /** The raw header fields as the server sent them. */
  headerBytes: Uint8Array;
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

/** `too-large` and `failed` are placeholders: the message is logged, its file is not there. */
export type AttachmentState = 'stored' | 'too-large' | 'failed';

/** A message after its body was read. `text` always exists (S23). */
export interface ParsedMessage {
  headers: MessageHeaders;
  text: string;
  /** Sanitised: no script, no form, no remote load without the viewer's consent. '' when none was sent. */
  html: string;
  attachments: ParsedAttachment[];
  /** `raw`: the parser gave up, the message is kept as a file and its text is a best effort. */
  parsedAs: 'mime' | 'raw';
}

export type Direction = 'incoming' | 'outgoing';

/** What an automatic message says about the message it answers (P6). */
export type NoticeKind = 'auto-reply' | 'bounce' | 'delay' | 'receipt' | 'complaint';

export type Origin = 'crm' | 'reply' | 'log-address' | 'sent-folder' | 'backfill' | 'by-hand';
