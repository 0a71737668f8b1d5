import type { BlankHeaders } from './faults';
import { formatBodyStructure } from './body-structure';
import { readSection } from './body-section';
import { formatEnvelope } from './envelope';
import type { FetchItem, PlainItem } from './fetch-items';
import { formatFlags } from './flags';
import type { StoredMessage } from './folder';
import { bodyOffset, headerFields } from './header-fields';
import { formatDateTime } from './imap-text';
import { asGmailNumber, objectIdsOf } from './object-ids';
import { encodeFolderName } from './folder-name';
import { imapString } from './imap-text';
import { parseMime } from './mime-part';
import type { MimePart } from './mime-part';
import { unreachable } from '../../src/plugins/email-connect/shared/unreachable';

/** `* n FETCH (...)` for one message: latin1 text, and a buffer after the announcement of each literal. */
export const formatFetch = (
  number: number,
  message: StoredMessage,
  items: readonly FetchItem[],
  blank?: BlankHeaders
): (string | Buffer)[] => {
  const mime = once(() => parseMime(message.raw));
  const answer: (string | Buffer)[] = [];
  let text = `* ${number} FETCH (`;
  items.forEach((item, index) => {
    if (index > 0) text += ' ';
    if (item.kind === 'plain') {
      text += `${item.name} ${plainValue(item.name, message, mime)}`;
      return;
    }
    const isBlank = blank !== undefined && item.section.what !== 'all';
    const bytes = isBlank ? blankBytes[blank] : readSection(message.raw, item.section, mime);
    if (!bytes) {
      text += `${item.label} NIL`;
      return;
    }
    const { start, count } = item.partial ?? { start: 0, count: bytes.length };
    const wanted = bytes.subarray(start, start + count);
    answer.push(`${text}${item.label} {${wanted.length}}\r\n`, wanted);
    text = '';
  });
  answer.push(`${text})\r\n`);
  return answer;
};

const blankBytes: Record<BlankHeaders, Buffer | undefined> = { nil: undefined, empty: Buffer.alloc(0) };

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

const plainValue = (name: PlainItem, message: StoredMessage, mime: () => MimePart): string => {
  switch (name) {
    case 'UID':
      return String(message.uid);
    case 'FLAGS':
      return formatFlags(message.flags);
    case 'INTERNALDATE':
      return `"${formatDateTime(message.receivedAt)}"`;
    case 'RFC822.SIZE':
      return String(message.raw.length);
    case 'MODSEQ':
      return `(${message.modSeq})`;
    case 'ENVELOPE':
      return formatEnvelope(headerFields(message.raw.subarray(0, bodyOffset(message.raw))));
    case 'BODY':
      return formatBodyStructure(mime(), false);
    case 'BODYSTRUCTURE':
      return formatBodyStructure(mime(), true);
    case 'EMAILID':
      return `(M${objectIdsOf(message.raw).emailId})`;
    case 'THREADID':
      return `(T${objectIdsOf(message.raw).threadId})`;
    case 'X-GM-MSGID':
      return asGmailNumber(objectIdsOf(message.raw).emailId);
    case 'X-GM-THRID':
      return asGmailNumber(objectIdsOf(message.raw).threadId);
    case 'X-GM-LABELS':
      return `(${[...message.labels].map(formatLabel).join(' ')})`;
    default:
      return unreachable(name);
  }
};

/** Gmail's own labels are words with a backslash, all others are names of folders. */
const formatLabel = (label: string): string =>
  label.startsWith('\\') ? label : imapString(encodeFolderName(label));
