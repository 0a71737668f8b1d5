import type { FetchMessageObject, ImapFlow, SearchObject } from 'imapflow';
import { decodeEncodedWords } from '../../domain/identification/encoded-words';
import { headerFields } from '../../domain/identification/header-fields';
import { bracketed, canonicalMessageId } from '../../domain/identification/message-id';
import type { ImapUid } from '../../domain/message/message';
import type { FolderState } from '../../domain/sync/folder';
import { chunkUids, packUids } from '../../domain/sync/uid-set';
import type { HeaderSearch, ServerAccess } from '../../ports';
import { classifyImapError } from './classify-imap-error';
import { listUids, search as searchUids, UIDS_PER_COMMAND, withZoneSlack } from './list-uids';

/** How many of the newest messages are fetched and compared here where the server refuses to search. */
const NEWEST = 2_000;
/** The same where the search finds no such Message-ID: some servers have not indexed new mail yet. */
const NEWEST_IF_SILENT = 200;
const ADDRESS_FIELDS = ['from', 'to', 'cc'];

/**
 * The UIDs in the open folder whose header fields hold all of `wanted`, newest last, at most `limit`. Never by TEXT
 * or BODY (S12). The server's SEARCH only proposes a Message-ID: it matches parts of the field, so equality is
 * checked. If the server refuses to search (Yahoo: SERVERBUG), the newest 2,000 messages are fetched and compared.
 */
export const searchHeaders = async (
  client: ImapFlow,
  access: ServerAccess,
  state: FolderState,
  wanted: HeaderSearch,
  limit: number
): Promise<ImapUid[]> => {
  const look = new HeaderLook(client, access, wanted);
  const newest = async (count: number) => look.among(await newestOf(client, access, state, count));
  const proposed = await searchUids(client, access, queryOf(wanted));
  if (!proposed) return lastOf(await newest(NEWEST), limit);
  if (wanted.messageId === undefined) return lastOf(proposed, limit);
  const matching = await look.among(proposed);
  return lastOf(matching.length > 0 ? matching : await newest(NEWEST_IF_SILENT), limit);
};

const lastOf = (uids: ImapUid[], limit: number): ImapUid[] => (limit > 0 ? uids.slice(-limit) : []);

const queryOf = ({ messageId, address, subject, since }: HeaderSearch): SearchObject => ({
  // With its brackets: iCloud finds nothing without them.
  ...(messageId === undefined ? {} : { header: { 'message-id': bracketed(messageId) } }),
  ...(address === undefined ? {} : { or: [{ from: address }, { to: address }, { cc: address }] }),
  ...(subject === undefined ? {} : { subject }),
  ...(since === undefined ? {} : { since: withZoneSlack(since) }),
});

/** The last messages mostly have UIDs near the highest one; where they do not, the whole folder is listed. */
const newestOf = async (
  client: ImapFlow,
  access: ServerAccess,
  { uidNext, exists }: FolderState,
  count: number
): Promise<ImapUid[]> => {
  const near = await listUids(client, access, Math.max(1, uidNext - count), uidNext - 1, exists);
  const isSparse = near.length < Math.min(count, exists) && uidNext > count;
  return (isSparse ? await listUids(client, access, 1, uidNext - 1, exists) : near).slice(-count);
};

/** Fetches the fields that are searched for, and compares them. */
class HeaderLook {
  constructor(
    private readonly client: ImapFlow,
    private readonly access: ServerAccess,
    private readonly wanted: HeaderSearch
  ) {}

  async among(uids: readonly ImapUid[]): Promise<ImapUid[]> {
    const matching: ImapUid[] = [];
    for (const chunk of chunkUids(uids, UIDS_PER_COMMAND)) matching.push(...(await this.amongFew(chunk)));
    return matching;
  }

  private async amongFew(uids: readonly ImapUid[]): Promise<ImapUid[]> {
    const query = { uid: true, internalDate: true, headers: fieldsOf(this.wanted) };
    const met = new Set<number>();
    try {
      for await (const row of this.client.fetch(packUids(uids), query, { uid: true })) {
        if (row.headers && this.isMet(row, row.headers)) met.add(row.uid);
      }
    } catch (error) {
      throw classifyImapError(error, this.access);
    }
    return uids.filter((uid) => met.has(uid));
  }

  private isMet({ internalDate }: FetchMessageObject, headers: Uint8Array): boolean {
    const { messageId, address, subject, since } = this.wanted;
    const fields = headerFields(Buffer.from(headers).toString('latin1'));
    const holds = (name: string, text: string): boolean =>
      (fields.get(name) ?? []).some((value) => readable(value).includes(text.toLowerCase()));
    const id = fields.get('message-id')?.[0] ?? '';
    return (
      (messageId === undefined || canonicalMessageId(/<([^<>]*)>/.exec(id)?.[1] ?? id) === messageId) &&
      (address === undefined || ADDRESS_FIELDS.some((name) => holds(name, address))) &&
      (subject === undefined || holds('subject', subject)) &&
      (since === undefined || !internalDate || new Date(internalDate) >= withZoneSlack(since))
    );
  }
}

/**
 * A search by time alone needs no fields; it asks for all, because a message without any requested field comes as no
 * row.
 */
const fieldsOf = ({ messageId, address, subject }: HeaderSearch): string[] => {
  const asked = [
    ...(messageId === undefined ? [] : ['message-id']),
    ...(address === undefined ? [] : ADDRESS_FIELDS),
    ...(subject === undefined ? [] : ['subject']),
  ];
  return asked.length > 0 ? asked : ['message-id', ...ADDRESS_FIELDS, 'subject'];
};

/** Encoded words and raw bytes as UTF-8, in lower case: accurate enough for a search. */
const readable = (value: string): string =>
  Buffer.from(decodeEncodedWords(value), 'latin1').toString('utf8').toLowerCase();
