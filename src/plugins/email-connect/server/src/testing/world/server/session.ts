import { givenUp, orGivenUp } from '../../../domain/give-up';
import type { ImapUid, ScannedMessage } from '../../../domain/message/message';
import type { ImapSession, OpenFolder } from '../../../ports';
import { refusal } from '../../fakes/fake-folder';
import { arrivedSince, visibleIn } from './mailbox';
import type { ModelFolder, ModelMailbox, StoredMail } from './mailbox';
import type { ModelProcess } from '../process';
import { iso } from './time';

const text = new TextEncoder();

/** Who asks. */
export type Connection = Pick<ModelProcess, 'call' | 'breakConnection' | 'dropsRow'>;

/** As the adapter has it: what is asked rejects at once when the signal aborts, whatever becomes of it. */
export const livingAsLongAs = (signal: AbortSignal, connection: Connection): Connection => ({
  get dropsRow() {
    return connection.dropsRow;
  },
  set dropsRow(drops) {
    connection.dropsRow = drops;
  },
  breakConnection: (code) => connection.breakConnection(code),
  call: (port, work) =>
    orGivenUp(
      signal,
      connection.call(port, () => {
        if (signal.aborted) throw givenUp(signal);
        return work();
      })
    ),
});

/** Hears what a connection is used for. */
export interface SessionWatch {
  opened(folder: ModelFolder): void;
  /** Its body is asked for. */
  asked(stored: StoredMail): void;
  /** It was scanned, and is gone now that its body is asked for. */
  vanished(stored: StoredMail): void;
}

export const unwatched: SessionWatch = {
  opened: () => undefined,
  asked: () => undefined,
  vanished: () => undefined,
};

/** One connection to a mailbox. */
export const modelSession = (
  mailbox: ModelMailbox,
  process: Connection,
  watch: SessionWatch
): ImapSession => {
  const ask = <Result>(work: () => Result): Promise<Result> => process.call('imap', work);
  const folderAt = (path: string): ModelFolder => {
    const folder = mailbox.find(path);
    if (!folder || folder.closed > 0) throw refusal('FOLDER_UNREADABLE');
    return folder;
  };
  return {
    listFolders: () =>
      ask(() =>
        mailbox.folders.map(({ path, specialUse, objectId }) => ({
          folderPath: path,
          specialUse,
          objectId,
          delimiter: '/',
          selectable: true,
        }))
      ),
    openFolder: (path) =>
      ask(() => {
        const folder = mailbox.find(path);
        if (folder && folder.closed > 0) {
          folder.closed -= 1;
          throw refusal('FOLDER_UNREADABLE');
        }
        return openModelFolder(mailbox, folderAt(path), process, watch);
      }),
    watch: () => ask(() => undefined),
    findByMessageId: (path, messageId) =>
      ask(() =>
        visibleIn(folderAt(path))
          .filter(({ mail }) => mail.headers.messageId === messageId)
          .map(uidOf)
      ),
    append: () => ask(() => null),
    close: async () => undefined,
  };
};

const openModelFolder = (
  mailbox: ModelMailbox,
  folder: ModelFolder,
  process: Connection,
  watch: SessionWatch
): OpenFolder => {
  if (folder.flaps > 0) {
    folder.flaps -= 1;
    mailbox.renumber(folder);
  }
  watch.opened(folder);
  const { uidValidity, objectId } = folder;
  const state = { uidValidity, uidNext: folder.uidNext, exists: visibleIn(folder).length, objectId };
  const { messages } = folder;
  const scanned = new Map<ImapUid, StoredMail>();
  const ask = <Result>(work: () => Result): Promise<Result> =>
    process.call('imap', () => {
      // Whoever has a folder open that is deleted, numbered anew or put back loses the connection.
      const isThere = mailbox.folders.includes(folder) && folder.uidValidity === uidValidity;
      if (!isThere || folder.messages !== messages) {
        process.breakConnection('CONNECTION_LOST');
        throw refusal('CONNECTION_LOST');
      }
      return work();
    });
  const at = (imapUid: number) => visibleIn(folder).find((stored) => stored.imapUid === imapUid);
  return {
    state,
    listUids: (from, to) =>
      ask(() =>
        visibleIn(folder)
          .map(uidOf)
          .filter((imapUid) => imapUid >= from && imapUid <= to)
      ),
    listUidsSince: (since) => ask(() => arrivedSince(folder, since).map(uidOf)),
    scanHeaders: (uids) =>
      ask(() => {
        const asked = uids.flatMap((imapUid) => at(imapUid) ?? []);
        const poison = asked.find(({ scanCuts }) => scanCuts > 0);
        if (poison) {
          poison.scanCuts -= 1;
          throw cutOff(process);
        }
        for (const stored of asked) scanned.set(uidOf(stored), stored);
        return scan(asked, process);
      }),
    fetchMessage: (imapUid) =>
      ask(() => {
        const stored = at(imapUid);
        const lastSeen = stored ?? scanned.get(imapUid);
        if (lastSeen) watch.asked(lastSeen);
        if (stored?.leaves) folder.messages.splice(folder.messages.indexOf(stored), 1);
        if (!stored || stored.leaves) {
          if (lastSeen) watch.vanished(lastSeen);
          return null;
        }
        if (stored.bodyCuts > 0) {
          stored.bodyCuts -= 1;
          throw cutOff(process);
        }
        if (stored.refused > 0) {
          stored.refused -= 1;
          throw refusal('SERVER_REFUSED');
        }
        return bytesOf(stored.mail.key);
      }),
    fetchReturned: (imapUid) => ask(() => at(imapUid)?.mail.returned ?? null),
    fetchTraces: () => ask(() => new Map()),
    search: () => ask(() => []),
    release: () => undefined,
  };
};

const cutOff = (process: Connection) => {
  process.breakConnection('CONNECTION_LOST');
  return refusal('CONNECTION_LOST');
};

const scan = (found: readonly StoredMail[], process: Connection) => {
  const unreadable: ImapUid[] = [];
  const scanned: ScannedMessage[] = [];
  for (const stored of found) {
    if (stored.drops > 0) stored.drops -= 1;
    else if (stored.unreadable > 0 || process.dropsRow) {
      stored.unreadable = Math.max(0, stored.unreadable - 1);
      process.dropsRow = false;
      unreadable.push(uidOf(stored));
    } else {
      scanned.push({
        imapUid: uidOf(stored),
        receivedAt: iso(stored.receivedAt),
        size: stored.mail.size,
        headerBytes: text.encode(stored.mail.key),
        isDraft: false,
        labels: [],
        serverThreadId: null,
      });
    }
  }
  return { scanned, unreadable };
};

const uidOf = ({ imapUid }: StoredMail): ImapUid => imapUid as ImapUid;

async function* bytesOf(key: string) {
  yield text.encode(key);
}
