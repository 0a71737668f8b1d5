import type { FetchMessageObject, FetchQueryObject, ImapFlow, MessageStructureObject } from 'imapflow';
import type { ImapUid, NoticeKind, ReturnedMessage } from '../../domain/message/message';
import { readReturned } from '../../domain/returned/read-returned';
import type { ReturnedPart } from '../../domain/returned/returned-part';
import { decodeParts, decodeTransfer } from '../../domain/returned/transfer-encoding';
import type { ServerAccess } from '../../ports';
import { classifyFetchError } from './fetch-message';
import { returnedSections } from './returned-sections';
import type { ReturnedSection } from './returned-sections';

/** The header of a mail that went through ten servers takes 20 KB. */
const MOST_BYTES = 32 * 1024;

/**
 * The returned part of an automatic message (P6, S12): the header of the returned mail and the machine-readable
 * reports. A bounce or delay notice without such parts is a mail system's text with the copy inside: its first bytes
 * are read, and only ids, recipients and statuses leave this function. At most 32 KB in all, by BODY.PEEK. null when
 * the message is gone, is an auto-reply or returns nothing. Rejects as `fetchMessage`: CONNECTION_*,
 * SERVER_THROTTLED, MESSAGE_UNREADABLE.
 */
export const fetchReturned = async (
  client: ImapFlow,
  access: ServerAccess,
  imapUid: ImapUid,
  notice: NoticeKind
): Promise<ReturnedMessage | null> => {
  if (notice === 'auto-reply') return null;
  const ask = (query: FetchQueryObject) => fetchRow(client, access, imapUid, query);
  const structure = (await ask({ uid: true, bodyStructure: true }))?.bodyStructure;
  if (!structure) return null;
  const sections = returnedSections(structure, MOST_BYTES);
  const parts = await fetchParts(ask, sections);
  const returned = readReturned(parts, notice);
  const mayBeInText =
    (notice === 'bounce' || notice === 'delay') &&
    !sections.some(({ kind }) => kind === 'header') &&
    !returned?.messageIds.length;
  if (!mayBeInText) return returned;
  const asked = sections.reduce((sum, { maxLength }) => sum + maxLength, 0);
  return readReturned([...parts, ...(await fetchText(ask, structure, MOST_BYTES - asked))], notice);
};

type Ask = (query: FetchQueryObject) => Promise<FetchMessageObject | null>;

const fetchRow = async (
  client: ImapFlow,
  access: ServerAccess,
  imapUid: ImapUid,
  query: FetchQueryObject
): Promise<FetchMessageObject | null> => {
  try {
    return (await client.fetchOne(String(imapUid), query, { uid: true })) || null;
  } catch (error) {
    throw classifyFetchError(error, access);
  }
};

const fetchParts = async (ask: Ask, sections: readonly ReturnedSection[]): Promise<ReturnedPart[]> => {
  // Without a length imapflow asks for the whole part.
  const bodyParts = sections
    .filter(({ maxLength }) => maxLength > 0)
    .map(({ key, maxLength }) => ({ key, maxLength }));
  if (bodyParts.length === 0) return [];
  const row = await ask({ uid: true, bodyParts });
  return sections.flatMap(({ kind, key, maxLength, encoding }) => {
    // Exmail ignores the range and sends the whole part.
    const read = row?.bodyParts?.get(key.toLowerCase())?.subarray(0, maxLength);
    return read && read.length > 0 ? [{ kind, text: decodeTransfer(textOf(read), encoding) }] : [];
  });
};

const fetchText = async (
  ask: Ask,
  { type, encoding = '' }: MessageStructureObject,
  maxLength: number
): Promise<ReturnedPart[]> => {
  const parts = await fetchParts(ask, [{ kind: 'text', key: 'TEXT', maxLength, encoding }]);
  if (!type.startsWith('multipart/')) return parts;
  return parts.map(({ kind, text }) => ({ kind, text: decodeParts(text) }));
};

/** UTF-8 if the bytes are; the range may have cut the last character. */
const textOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8');
  return text.slice(0, -1).includes('\ufffd') ? bytes.toString('latin1') : text;
};
