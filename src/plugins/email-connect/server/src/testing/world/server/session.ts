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

/** One connection to a mailbox. `onBody` hears of every body that was asked for. */
export const modelSession = (
  mailbox: ModelMailbox,
  process: Connection,
  onBody: (stored: StoredMail) => void
): ImapSession => {
  const ask = <Result>(work: () => Result): Promise<Result> => process.call('imap', work);
  const folderAt = (path: string): ModelFolder => {
    const folder = mailbox.find(path);
    if (!folder || folder.isBroken) throw refusal('FOLDER_UNREADABLE');
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
    openFolder: (path) => ask(() => openModelFolder(mailbox, folderAt(path), process, onBody)),
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
  onBody: (stored: StoredMail) => void
): OpenFolder => {
  const { uidValidity, objectId } = folder;
  const state = { uidValidity, uidNext: folder.uidNext, exists: visibleIn(folder).length, objectId };
  const { messages } = folder;
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
        return scan(asked, process);
      }),
    fetchMessage: (imapUid) =>
      ask(() => {
        const stored = at(imapUid);
        if (!stored) return null;
        onBody(stored);
        if (stored.leaves) {
          folder.messages.splice(folder.messages.indexOf(stored), 1);
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
    if (stored.unreadable > 0 || process.dropsRow) {
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
