import type { FetchQueryObject } from 'imapflow';
import { TRACE_FIELDS } from '../../domain/message/trace';

/** The fields without which nothing can be decided: ids, and all that a never-log rule may match (S19). */
const ESSENTIAL_HEADERS = [
  'message-id',
  'in-reply-to',
  'references',
  'date',
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'auto-submitted',
  'content-type',
];

/** The fields that a verdict may rest on: nothing else of a message is read before the verdict (S12). */
const SCAN_HEADERS = [
  ...ESSENTIAL_HEADERS,
  'thread-index',
  'precedence',
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'list-id',
  'return-path',
  'x-failed-recipients',
  'x-microsoft-original-message-id',
  'x-google-original-message-id',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
];

/**
 * \Draft, and where the server has them Gmail's labels and the conversation id; imapflow leaves out items that are
 * not offered.
 */
export const marksQuery: FetchQueryObject = { uid: true, flags: true, labels: true, threadId: true };

/**
 * Never ENVELOPE: imapflow silently drops a row whose ENVELOPE it cannot parse (iCloud sends such rows); header
 * fields come as a literal and survive.
 */
export const scanQuery: FetchQueryObject = {
  ...marksQuery,
  internalDate: true,
  size: true,
  headers: SCAN_HEADERS,
};

/** In the order of the message: a server that groups fields by the order of the question puts Received on top. */
export const traceQuery: FetchQueryObject = { uid: true, headers: [...TRACE_FIELDS] };

/** For a message that does not come with all of these items: fewer and fewer items, at last its raw header. */
export const fallbackQueries: readonly FetchQueryObject[] = [
  scanQuery,
  { uid: true, internalDate: true, headers: ESSENTIAL_HEADERS },
  { uid: true, headers: true },
];
