import type { MessageHeaders } from '../../domain/message/message';
import { ScannedHeaders } from './scanned-headers';

/** A Record, so that the compiler asks for every field. */
const FIELDS: Readonly<Record<keyof MessageHeaders, true>> = {
  messageId: true,
  inReplyTo: true,
  references: true,
  originalMessageIds: true,
  threadIndexRoot: true,
  from: true,
  sender: true,
  replyTo: true,
  to: true,
  cc: true,
  subject: true,
  sentAt: true,
  sentZone: true,
  contentType: true,
  autoSubmitted: true,
  precedence: true,
  listId: true,
  returnPath: true,
  failedRecipients: true,
  autoReplyMarks: true,
  deliveredTo: true,
};

/** All of `ScannedHeaders` at once, as plain values, for a message that is kept. */
export const parseHeaders = (headerBytes: Uint8Array): MessageHeaders => {
  const scanned = new ScannedHeaders(headerBytes);
  const read = (field: string): [string, unknown] => [field, Reflect.get(scanned, field)];
  return Object.fromEntries(Object.keys(FIELDS).map(read)) as unknown as MessageHeaders;
};
