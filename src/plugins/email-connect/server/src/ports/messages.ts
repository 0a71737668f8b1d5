import type { Address, MessageHeaders, ParsedMessage } from '../domain/message/message';
import type { Draft, OutgoingHeaders } from '../domain/outgoing/outgoing';

/** Bytes flow, so that no message has to fit in memory. */
export type Bytes = AsyncIterable<Uint8Array>;

export interface Mime {
  /** Raw header fields to our shape; ids by our own extraction, never throws. */
  parseHeaders(headerBytes: Uint8Array): MessageHeaders;
  /**
   * Streams a message into text, sanitised HTML and files. Never rejects because of what the message holds:
   * a MIME tree that cannot be parsed gives `parsedAs: 'raw'` and the message itself as a file.
   */
  parseMessage(source: Bytes, limits: MessageLimits): Promise<ParsedMessage>;
  /**
   * One set of bytes, for SMTP and for the Sent folder alike (S9). No Bcc field in it. Nothing of the files is asked
   * for before the first byte is; however reading ends, each of them is then told so. Throws HEADER_INJECTION.
   */
  composeMessage(message: MessageToCompose): Bytes;
  sanitizeHtml(html: string): string;
  htmlToText(html: string): string;
}

export interface MessageLimits {
  /** A file beyond this leaves a placeholder (S29). */
  attachmentBytes: number;
  /** Text and HTML beyond this are cut. */
  textBytes: number;
  saveAttachment(content: Bytes): Promise<StoredFile>;
}

/** Bytes in the storage, by what they are: the same content has one key. */
export interface StoredContent {
  storageKey: string;
  sha256: string;
}

export interface StoredFile extends StoredContent {
  size: number;
}

export interface MessageToCompose {
  from: Address;
  draft: Draft;
  headers: OutgoingHeaders;
  sentAt: Date;
  attachments: { fileName: string; contentType: string; content: Bytes }[];
}

export interface Attachments {
  /**
   * Writes under the content's hash, outside any public folder; the same bytes twice are one file, as old as its last
   * saving. What names it is recorded within a day, or it is taken for left over. STORAGE_FAILED when it could not be.
   */
  save(content: Bytes): Promise<StoredFile>;
  /** Rejects with ATTACHMENT_NOT_STORED when nothing is there. */
  open(storageKey: string): Promise<Bytes>;
  /** Only for bytes that nobody else can have saved: a composed mail carries a Message-ID of its own. */
  remove(storageKey: string): Promise<void>;
  /** All that was last saved before `before`, some hundreds at a time; now and then none, so that whoever reads may end it. */
  listSavedBefore(before: Date): AsyncIterable<StoredContent[]>;
  /** false: it was saved again since `before`, or is gone already. Safe while others save the same bytes, or sweep. */
  removeSavedBefore(storageKey: string, before: Date): Promise<boolean>;
  /** Ends what interrupted saves, older than `before`, and interrupted removals left. Resolves with how many it were. */
  tidyUp(before: Date): Promise<number>;
}

export interface Secrets {
  /** AES-256-GCM under a key outside the database; `owner` is bound to it, so that no row can be swapped. KEY_MISSING when there is none. */
  seal(plainText: string, owner: string): string;
  /** KEY_WRONG when it was sealed under another key or for another owner. */
  open(sealed: string, owner: string): string;
  /** Throws KEY_MISSING when nothing could be sealed. */
  assertKey(): void;
  /** A documentId that is always the same for one key, and that nobody can foresee without ours. */
  documentIdOf(key: string): string;
  /** The first 10 characters of a keyed hash, lower-case base32: proves that we minted an id. */
  sign(text: string): string;
}
