import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import type { ImapUid, ScannedMessage } from '../../domain/message/message';
import { chunkUids } from '../../domain/sync/uid-set';
import type { ServerAccess } from '../../ports';
import { fetchHalving, fetchRows } from './fetch-rows';
import { stillExisting, UIDS_PER_COMMAND } from './list-uids';
import { noMarks, readMarks, readRow } from './read-row';
import type { Marks, ReadRow } from './read-row';
import { fallbackQueries, marksQuery, scanQuery } from './scan-query';

/** How often, and after which waits in ms, a message that did not come is asked for again. */
export interface ScanPatience {
  retryWaitsMs: readonly number[];
  wait(ms: number): Promise<void>;
}

/**
 * Header fields, date, size, flags, labels and conversation of these messages. Every UID is accounted for (P1):
 * scanned, gone (in neither list), or unreadable: it exists, but the server gives no header for it, not even when it
 * is asked for alone, with fewer items and some seconds later.
 */
export const scanHeaders = async (
  client: ImapFlow,
  access: ServerAccess,
  patience: ScanPatience,
  uids: readonly ImapUid[]
): Promise<{ scanned: ScannedMessage[]; unreadable: ImapUid[] }> => {
  const scan = new HeaderScan(client, access, patience);
  for (const chunk of chunkUids(uids, UIDS_PER_COMMAND)) await scan.fetchChunk(chunk);
  const unreadable = await scan.reconcile(uids);
  await scan.completeMarks();
  return { scanned: scan.inOrderOf(uids), unreadable };
};

class HeaderScan {
  private readonly found = new Map<ImapUid, ReadRow>();
  private readonly marks = new Map<ImapUid, Marks>();

  constructor(
    private readonly client: ImapFlow,
    private readonly access: ServerAccess,
    private readonly patience: ScanPatience
  ) {}

  inOrderOf(uids: readonly ImapUid[]): ScannedMessage[] {
    return uids.flatMap((uid) => {
      const row = this.found.get(uid);
      return row ? { ...row.message, ...(row.marks ?? this.marks.get(uid) ?? noMarks) } : [];
    });
  }

  async fetchChunk(uids: readonly ImapUid[], query = scanQuery): Promise<void> {
    await fetchHalving(uids, (some) => this.fetchHeaders(some, query));
  }

  /**
   * Asks again for messages that did not come: with fewer items, alone, later. Returns the UIDs that exist and still
   * did not come.
   */
  async reconcile(uids: readonly ImapUid[]): Promise<ImapUid[]> {
    let missing = await this.missingOf(uids);
    for (const query of fallbackQueries) await this.fetchMissing(missing, query);
    for (const uid of missing) if (!this.found.has(uid)) await this.fetchHeaders([uid], scanQuery);
    missing = await this.missingOf(missing);
    for (const ms of this.patience.retryWaitsMs) {
      if (missing.length === 0) break;
      // A mail store with lagging replicas lists a message before it has it.
      await this.patience.wait(ms);
      await this.fetchMissing(missing, scanQuery);
      missing = await this.missingOf(missing);
    }
    return missing;
  }

  private async fetchMissing(uids: readonly ImapUid[], query: FetchQueryObject): Promise<void> {
    const missing = uids.filter((uid) => !this.found.has(uid));
    for (const chunk of chunkUids(missing, UIDS_PER_COMMAND)) await this.fetchChunk(chunk, query);
  }

  /** Flags and labels of the messages that came only by a query without them. */
  async completeMarks(): Promise<void> {
    const without = [...this.found].filter(([, { marks }]) => !marks).map(([uid]) => uid);
    for (const chunk of chunkUids(without, UIDS_PER_COMMAND)) {
      await this.fetchRows(chunk, marksQuery, (uid, row) => {
        const marks = readMarks(row);
        if (marks) this.marks.set(uid, marks);
      });
    }
  }

  /** Most missing messages were deleted meanwhile: one question for all saves one question for each. */
  private async missingOf(uids: readonly ImapUid[]): Promise<ImapUid[]> {
    const missing = uids.filter((uid) => !this.found.has(uid));
    return missing.length === 0 ? [] : stillExisting(this.client, this.access, missing);
  }

  private fetchHeaders(uids: readonly ImapUid[], query: FetchQueryObject): Promise<boolean> {
    return this.fetchRows(uids, query, (uid, row) => {
      const read = readRow(uid, row);
      if (read) this.found.set(uid, read);
    });
  }

  private fetchRows(
    uids: readonly ImapUid[],
    query: FetchQueryObject,
    keep: (uid: ImapUid, row: FetchMessageObject) => void
  ): Promise<boolean> {
    return fetchRows(this.client, this.access, uids, query, keep);
  }
}
