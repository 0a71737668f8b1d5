import { splitQuoted } from '../../../../../shared/text/split-quoted';
import type { MessageToRecord } from '../../../ports';
import type { MessageMark, RecordMark } from '../../../domain/message/message';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { toStored } from '../../../domain/stored-word';
import { newDocumentId } from '../base/new-document-id';
import { storable, storableJson } from '../base/storable';

/** A message with the key and the row ids under which it is written. */
export interface PlacedMessage {
  message: MessageToRecord;
  documentId: string;
  dedupKey: string;
  fingerprint: string;
  threadId: number;
  inboxId: number | null;
  marks: readonly (MessageMark | RecordMark)[];
  /** The records that people chose for it. */
  chosen: readonly LinkedContact[];
}

export const messageRow = (place: PlacedMessage, at: Date): Record<string, unknown> => {
  const { message } = place;
  const { headers, text, html, parsedAs } = message.parsed;
  const [author] = headers.from;
  return {
    documentId: place.documentId,
    publishedAt: at,
    messageId: headers.messageId === null ? null : storable(headers.messageId),
    inReplyTo: storableJson(headers.inReplyTo),
    references: storableJson(headers.references),
    subject: storable(headers.subject),
    fromAddress: storable(author?.address ?? ''),
    fromName: storable(author?.displayName ?? ''),
    to: storableJson(headers.to),
    cc: storableJson(headers.cc),
    bcc: storableJson(message.bcc),
    text: storable(text),
    html: storable(html),
    direction: message.direction,
    origin: toStored(message.origin),
    notice: message.notice === null ? null : toStored(message.notice),
    deliveryStatus: message.deliveryStatus,
    failureCode: '',
    failureMessage: '',
    sentAt: headers.sentAt,
    receivedAt: message.receivedAt,
    size: storableSize(message.size),
    answersDocumentId: message.answersDocumentId,
    isJunk: message.isJunk,
    marks: storableJson(place.marks),
    evidence: storableJson(message.evidence),
    parsedAs,
    dedupKey: place.dedupKey,
    fingerprint: place.fingerprint,
    thread: place.threadId,
    inbox: place.inboxId,
  };
};

/** What it is besides its text, and what its header says against its author. */
export const marksOf = ({ parsed, failsDmarc }: MessageToRecord): PlacedMessage['marks'] =>
  failsDmarc ? [...parsed.marks, 'dmarc-failed'] : parsed.marks;

export const attachmentRows = (
  place: PlacedMessage,
  messageId: number,
  at: Date
): Record<string, unknown>[] =>
  place.message.parsed.attachments.map((attachment) => ({
    documentId: newDocumentId(),
    publishedAt: at,
    fileName: storable(attachment.fileName),
    contentType: storable(attachment.contentType),
    size: storableSize(attachment.size),
    sha256: attachment.sha256,
    disposition: attachment.disposition,
    contentId: storable(attachment.contentId),
    state: toStored(attachment.state),
    storageKey: attachment.storageKey,
    receivedAt: place.message.receivedAt,
    message: messageId,
    thread: place.threadId,
  }));

const LARGEST_INTEGER = 2 ** 31 - 1;

/** A placeholder's file may have any size; the column ends at 2 GB. */
const storableSize = (bytes: number): number => Math.min(bytes, LARGEST_INTEGER);

const PREVIEW = 160;
/** The beginning of the text is enough for a preview, and parsing takes time by the length. */
const PREVIEWED = 64 * 1024;

/** The first 160 characters of the writer's own words, on one line. */
export const previewOf = (text: string): string =>
  [
    ...splitQuoted(text.slice(0, PREVIEWED))
      .fresh.slice(0, 10 * PREVIEW)
      .replace(/\s+/g, ' ')
      .trim(),
  ]
    .slice(0, PREVIEW)
    .join('');

/** The author, as a list shows it. */
export const authorOf = ({ parsed }: MessageToRecord): string => {
  const [author] = parsed.headers.from;
  return author ? author.displayName || author.address : '';
};
