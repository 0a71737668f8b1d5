import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import type { ImapUid, ScannedMessage } from '../../domain/message/message';
import type { ServerAccess } from '../../ports';
import { classifyImapError, isAboutOneMessage, isRefusal } from './classify-imap-error';
import { stillExisting } from './list-uids';
import { packUids } from '../../domain/sync/uid-set';

/** The fields a verdict may rest on: nothing else of a message is read before it (S12). */
const SCAN_HEADERS = [
  'message-id',
  'in-reply-to',
  'references',
  'thread-index',
  'date',
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'auto-submitted',
  'precedence',
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'list-id',
  'content-type',
  'return-path',
  'x-failed-recipients',
  'x-microsoft-original-message-id',
  'x-google-original-message-id',
];

/**
 * Never ENVELOPE: imapflow drops a row whose ENVELOPE it cannot parse, without a word (iCloud sends such); header
 * fields come as a literal and survive.
 */
const scanQuery: FetchQueryObject = { uid: true, internalDate: true, size: true, headers: SCAN_HEADERS };

/** For a message that would not come with all of that: ever less, at last its raw header as it stands. */
const fallbackQueries: readonly FetchQueryObject[] = [
  scanQuery,
  { uid: true, internalDate: true, headers: ['message-id', 'in-reply-to', 'references'] },
  { uid: true, headers: true },
];

/** Keeps a command line below 8 KB even if no two UIDs are neighbours. */
const UIDS_PER_COMMAND = 500;

/**
 * Header fields, date and size of these messages. Every UID is accounted for (P1): scanned, gone (in neither list),
 * or unreadable: it exists, but the server hands out no header of it, alone and with fewer items neither.
 */
export const scanHeaders = async (
  client: ImapFlow,
  access: ServerAccess,
  uids: readonly ImapUid[]
): Promise<{ scanned: ScannedMessage[]; unreadable: ImapUid[] }> => {
  const scan = new HeaderScan(client, access);
  for (let start = 0; start < uids.length; start += UIDS_PER_COMMAND) {
    await scan.fetchChunk(uids.slice(start, start + UIDS_PER_COMMAND));
  }
  const unreadable = await scan.reconcile(uids);
  return { scanned: uids.flatMap((uid) => scan.found.get(uid) ?? []), unreadable };
};

class HeaderScan {
  readonly found = new Map<ImapUid, ScannedMessage>();

  constructor(
    private readonly client: ImapFlow,
    private readonly access: ServerAccess
  ) {}

  /** A server that refuses the chunk may mean one message of it: halves, until the others have come (c8). */
  async fetchChunk(uids: readonly ImapUid[]): Promise<void> {
    if (uids.length === 0 || (await this.fetchRows(uids, scanQuery)) || uids.length === 1) return;
    const middle = Math.ceil(uids.length / 2);
    await this.fetchChunk(uids.slice(0, middle));
    await this.fetchChunk(uids.slice(middle));
  }

  /** What did not come is asked for again, alone. Returns what exists and still would not come. */
  async reconcile(uids: readonly ImapUid[]): Promise<ImapUid[]> {
    const missing = uids.filter((uid) => !this.found.has(uid));
    if (missing.length === 0) return [];
    const unreadable: ImapUid[] = [];
    // Mostly they were deleted meanwhile: one question spares one for each.
    for (const uid of await stillExisting(this.client, this.access, missing, packUids(missing))) {
      for (const query of fallbackQueries) if (!this.found.has(uid)) await this.fetchRows([uid], query);
      if (!this.found.has(uid)) unreadable.push(uid);
    }
    return unreadable.length > 0
      ? stillExisting(this.client, this.access, unreadable, packUids(unreadable))
      : [];
  }

  /** One FETCH; false when the server refused it, which says nothing of what is there. */
  private async fetchRows(uids: readonly ImapUid[], query: FetchQueryObject): Promise<boolean> {
    const asked = new Map<number, ImapUid>(uids.map((uid) => [uid, uid]));
    try {
      // Collected first: a command inside this loop would wait for itself.
      for await (const row of this.client.fetch(packUids(uids), query, { uid: true })) {
        const uid = asked.get(row.uid);
        const message = uid === undefined ? null : readRow(uid, row);
        if (message) this.found.set(message.imapUid, message);
      }
      return true;
    } catch (error) {
      const failure = classifyImapError(error, this.access);
      if (!isRefusal(error)) throw failure;
      if (failure.code === 'SERVER_THROTTLED' && !isAboutOneMessage(failure)) throw failure;
      return false;
    }
  }
}

/** null for a row without a header: NIL, or what the server said unasked, such as changed flags (c9). */
const readRow = (
  imapUid: ImapUid,
  { headers, internalDate, size }: FetchMessageObject
): ScannedMessage | null =>
  headers && headers.length > 0
    ? { imapUid, receivedAt: readDate(internalDate, headers), size: size ?? 0, headerBytes: headers }
    : null;

/** INTERNALDATE; where a server has none, the Date field; else the epoch, which nobody takes for true. Never "now". */
const readDate = (internalDate: Date | string | undefined, headers: Uint8Array): string => {
  const field = /^date:[ \t]*([^\r\n]*)/im.exec(Buffer.from(headers).toString('latin1'))?.[1] ?? '';
  const dates = [internalDate ? new Date(internalDate) : null, new Date(field), new Date(0)];
  return (
    dates.find((date): date is Date => date !== null && !Number.isNaN(date.getTime()))?.toISOString() ?? ''
  );
};
