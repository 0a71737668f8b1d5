import type { FetchMessageObject } from 'imapflow';
import { mailTime } from '../../domain/message/mail-time';
import type { ImapUid, ScannedMessage } from '../../domain/message/message';

/** What the server tells about a message besides its header fields. */
export type Marks = Pick<ScannedMessage, 'isDraft' | 'labels' | 'serverThreadId'>;

/** A message as one row gave it; `marks` is null where the row held no flags. */
export interface ReadRow {
  message: Omit<ScannedMessage, keyof Marks>;
  marks: Marks | null;
}

/** null for a row without a header: NIL, or an unsolicited FETCH response, such as changed flags (c9). */
export const readRow = (imapUid: ImapUid, row: FetchMessageObject): ReadRow | null => {
  const { headers, internalDate, size } = row;
  if (!headers || headers.length === 0) return null;
  const receivedAt = readDate(internalDate, headers);
  return { message: { imapUid, receivedAt, size: size ?? 0, headerBytes: headers }, marks: readMarks(row) };
};

/** null for a row without flags. */
export const readMarks = ({ flags, labels, threadId }: FetchMessageObject): Marks | null => {
  if (!flags) return null;
  const isDraftLabel = (label: string): boolean => /^\\drafts?$/i.test(label);
  const gmailLabels = [...(labels ?? [])];
  return {
    isDraft: [...flags].some((flag) => flag.toLowerCase() === '\\draft') || gmailLabels.some(isDraftLabel),
    labels: gmailLabels.map((label) => label.replace(/^\\/, '').toLowerCase()),
    serverThreadId: threadId || null,
  };
};

/** For a message about which the server gives no more data. */
export const noMarks: Marks = { isDraft: false, labels: [], serverThreadId: null };

/** INTERNALDATE; if the server has none, the Date field; else the epoch, which nobody takes for true. Never "now". */
const readDate = (internalDate: Date | string | undefined, headers: Uint8Array): string =>
  isoOf(internalDate) ?? isoOf(dateField(headers)) ?? new Date(0).toISOString();

/** null for no valid date. */
const isoOf = (value: Date | string | undefined): string | null =>
  value ? mailTime(new Date(value).getTime()) : null;

const dateField = (headers: Uint8Array): string | undefined =>
  /^date:[ \t]*([^\r\n]*)/im.exec(Buffer.from(headers).toString('latin1'))?.[1];
