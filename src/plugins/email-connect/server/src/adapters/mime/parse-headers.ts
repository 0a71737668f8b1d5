import { extractIds } from '../../domain/identification/extract-ids';
import { headerFields } from '../../domain/identification/header-fields';
import { threadIndexRootOf } from '../../domain/identification/thread-index';
import type { MessageHeaders } from '../../domain/message/message';
import { decodedText, headerBlockText, onOneLine, repairHighBytes } from './header-text';
import { parseAddresses } from './parse-addresses';
import { parseDate } from './parse-date';

const AUTO_REPLY_FIELDS = ['x-autoreply', 'x-autorespond', 'x-autoresponder'];
const ORIGINAL_ID_FIELDS = ['x-microsoft-original-message-id', 'x-google-original-message-id'];
const CHARSET = /;\s*charset\s*=\s*"?([\w.:-]+)/i;

/**
 * Raw header fields (RFC 5322 2.2), whole or selected, as our shape. Never throws: a field that cannot be read
 * is empty. Of fields that may stand once the first counts, as a reader sees it; To and Cc are joined.
 */
export const parseHeaders = (headerBytes: Uint8Array): MessageHeaders => {
  const { raw, isLatin1 } = headerBlockText(headerBytes);
  const fields = headerFields(raw);
  const bodyCharset = isLatin1 ? (CHARSET.exec(fields.get('content-type')?.[0] ?? '')?.[1] ?? '') : '';
  const all = (name: string): string[] => {
    const values = fields.get(name) ?? [];
    return isLatin1 ? values.map((value) => repairHighBytes(value, bodyCharset)) : values;
  };
  const first = (name: string): string => all(name)[0] ?? '';
  const rawFirst = (name: string): string => onOneLine(first(name)).trim();
  const ids = (name: string) => extractIds(fields.get(name) ?? []);

  return {
    messageId: ids('message-id')[0] ?? null,
    inReplyTo: ids('in-reply-to'),
    references: ids('references'),
    originalMessageIds: ORIGINAL_ID_FIELDS.flatMap(ids),
    threadIndexRoot: fields.has('thread-index') ? threadIndexRootOf(first('thread-index')) : null,
    from: parseAddresses(all('from').slice(0, 1)),
    sender: parseAddresses(all('sender').slice(0, 1)),
    replyTo: parseAddresses(all('reply-to').slice(0, 1)),
    to: parseAddresses(all('to')),
    cc: parseAddresses(all('cc')),
    subject: decodedText(first('subject')),
    sentAt: parseDate(first('date')),
    contentType: lowerCaseType(rawFirst('content-type')),
    autoSubmitted: rawFirst('auto-submitted'),
    precedence: rawFirst('precedence'),
    listId: rawFirst('list-id'),
    returnPath: fields.has('return-path') ? rawFirst('return-path') : null,
    failedRecipients: onOneLine(all('x-failed-recipients').join(', ')).trim(),
    autoReplyMarks: AUTO_REPLY_FIELDS.filter((name) => fields.has(name)),
  };
};

const lowerCaseType = (value: string): string => {
  const end = value.indexOf(';');
  return end < 0 ? value.toLowerCase() : value.slice(0, end).toLowerCase() + value.slice(end);
};
