import type { MessageMark } from '../../domain/message/message';
import type { MessagePart } from './message-parts';

/** Why the text is missing (S23). English and constant: the panel translates it by the mark. */
export const ENCRYPTED_TEXT = 'This message is encrypted. Its content is in the attached file.';
export const SIGNED_TEXT = 'The text of this message is inside its signature, which is the attached file.';

/** How many bytes of a file show its kind when its type does not. */
export const MARKING_BYTES = 64;

const ORDER: readonly MessageMark[] = ['signed', 'encrypted', 'calendar', 'tnef'];
/** RFC 3156, RFC 8551 3.5.2 and 5751, RFC 5545 8.1, MS-OXTNEF. */
const MARKS_BY_TYPE: Record<string, MessageMark> = {
  'application/pgp-signature': 'signed',
  'application/pkcs7-signature': 'signed',
  'application/x-pkcs7-signature': 'signed',
  'application/pgp-encrypted': 'encrypted',
  'text/calendar': 'calendar',
  'application/ics': 'calendar',
  'application/ms-tnef': 'tnef',
  'application/vnd.ms-tnef': 'tnef',
};
const MARKS_BY_MULTIPART: Record<string, MessageMark> = { signed: 'signed', encrypted: 'encrypted' };
const CMS = /^application\/(?:x-)?pkcs7-mime$/;
/** Content types of CMS (RFC 5652 5.1, 6.1, RFC 5083 2.1) as they stand near the start of its bytes. */
const CMS_SIGNED = '\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02';
const CMS_ENCRYPTED = [
  '\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03',
  '\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17',
];

/** The mark that a file gives its message. `contentType` is the type it was kept under, `start` its first bytes. */
export const marksOfFile = (
  { smimeType }: Pick<MessagePart, 'smimeType'>,
  { contentType, fileName }: { contentType: string; fileName: string },
  start: Buffer
): MessageMark[] => {
  if (CMS.test(contentType)) return marksOfCms(smimeType, start.toString('latin1'));
  const mark = MARKS_BY_TYPE[contentType] ?? (/^winmail\.dat$/i.test(fileName) ? 'tnef' : undefined);
  return mark ? [mark] : [];
};

export const marksOfAncestors = ({ ancestors }: Pick<MessagePart, 'ancestors'>): MessageMark[] =>
  ancestors.flatMap(({ multipart }) => (multipart ? (MARKS_BY_MULTIPART[multipart] ?? []) : []));

/** Inline PGP (RFC 9580 6.2, 7): only where its armour header begins a line, so that a quoted one does not count. */
export const marksOfText = (text: string): MessageMark[] => [
  ...(/^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*$/m.test(text) ? (['signed'] as const) : []),
  ...(/^-----BEGIN PGP MESSAGE-----[ \t]*$/m.test(text) ? (['encrypted'] as const) : []),
];

/** Each mark once, in one order. */
export const orderedMarks = (marks: readonly MessageMark[]): MessageMark[] =>
  ORDER.filter((mark) => marks.includes(mark));

/** The text itself, or the sentence that says where the content is. */
export const textOrReason = (
  text: string,
  marks: readonly MessageMark[],
  files: readonly { contentType: string }[]
): string => {
  if (/^\s*-----BEGIN PGP MESSAGE-----/.test(text)) return `${ENCRYPTED_TEXT}\n\n${text}`;
  if (text.trim() !== '') return text;
  if (marks.includes('encrypted')) return ENCRYPTED_TEXT;
  const isOpaque = marks.includes('signed') && files.some(({ contentType }) => CMS.test(contentType));
  return isOpaque ? SIGNED_TEXT : text;
};

/** RFC 8551 3.2.2: the smime-type parameter names the mark; for older senders without it the bytes decide. */
const marksOfCms = (smimeType: string, start: string): MessageMark[] => {
  if (/^(?:auth-?)?enveloped-data$/.test(smimeType)) return ['encrypted'];
  if (smimeType === 'signed-data') return ['signed'];
  if (smimeType !== '') return [];
  if (start.includes(CMS_SIGNED)) return ['signed'];
  return CMS_ENCRYPTED.some((id) => start.includes(id)) ? ['encrypted'] : [];
};
