import type { Address, MessageHeaders, ReadMessage } from '../domain/message/message';
import type { Draft, OutgoingHeaders } from '../domain/outgoing/outgoing';

/** A stream, so that no message has to fit in memory. */
export type Bytes = AsyncIterable<Uint8Array>;

export interface Mime {
  /** Raw header fields as `MessageHeaders`; ids by our own extraction. Never throws. */
  parseHeaders(headerBytes: Uint8Array): MessageHeaders;
  /**
   * Streams a message into text, sanitised HTML and files. Never rejects because of the content of the message: a
   * MIME tree that cannot be parsed gives `parsedAs: 'raw'` and the message itself as a file.
   */
  parseMessage(source: Bytes, limits: MessageLimits): Promise<ReadMessage>;
  /**
   * One set of bytes, for SMTP and for the Sent folder alike (S9), without a Bcc field. The files are opened only
   * when the first byte is read; however reading ends, each file is then closed. Throws HEADER_INJECTION.
   */
  composeMessage(message: MessageToCompose): Bytes;
  sanitizeHtml(html: string): string;
  htmlToText(html: string): string;
}

export interface MessageLimits {
  /** A larger file becomes a placeholder (S29). */
  attachmentBytes: number;
  /** Longer text and HTML are cut. */
  textBytes: number;
  saveAttachment(content: Bytes): Promise<StoredFile>;
}

/** Bytes in the storage, named by their content: the same content has one key. */
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
   * Writes under the content's hash, outside any public folder; saving the same bytes twice makes one file, as old as
   * its last saving. A record has to name it within a day, or the sweep deletes it. STORAGE_FAILED when it could not
   * be saved.
   */
  save(content: Bytes): Promise<StoredFile>;
  /** What `save` would answer for this content, of which nothing is kept. */
  measure(content: Bytes): Promise<StoredFile>;
  /** Rejects with ATTACHMENT_NOT_STORED when nothing is there. */
  open(storageKey: string): Promise<Bytes>;
  /** Only for bytes that nobody else can have saved: a composed mail carries a Message-ID of its own. */
  remove(storageKey: string): Promise<void>;
  /**
   * All content last saved before `before`, some hundreds at a time; sometimes an empty batch, so that the reader can
   * stop.
   */
  listSavedBefore(before: Date): AsyncIterable<StoredContent[]>;
  /**
   * false: it was saved again since `before`, or is gone already. Safe while other processes save the same bytes, or
   * sweep.
   */
  removeSavedBefore(storageKey: string, before: Date): Promise<boolean>;
  /**
   * Removes the remains of interrupted saves older than `before`, and of interrupted removals. Resolves with their
   * number.
   */
  tidyUp(before: Date): Promise<number>;
}

export interface Secrets {
  /**
   * AES-256-GCM with a key outside the database; bound to `owner`, so that no row can be swapped. KEY_MISSING without
   * a key.
   */
  seal(plainText: string, owner: string): string;
  /** KEY_WRONG when it was sealed with another key or for another owner. */
  open(sealed: string, owner: string): string;
  /** Throws KEY_MISSING when nothing could be sealed. */
  assertKey(): void;
  /** A documentId that is always the same for one `key`, and that nobody can predict without the secret. */
  documentIdOf(key: string): string;
  /** The first 10 characters of a keyed hash, lower-case base32: proves that we minted an id. */
  sign(text: string): string;
}
