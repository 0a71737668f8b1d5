import { EmailConnectError } from '../../domain/errors';
import type { ImapUid, ScannedMessage } from '../../domain/message/message';
import type { Bytes, ImapSession, OpenFolder } from '../../ports';
import type { Mail } from './mail';
import type { MailServer, ModelFolder, Placed } from './mail-server';

/** How a session asks for leave before each command, and what it reports. */
export interface SessionWatch {
  command(): Promise<void>;
  /** The server drops the connection. */
  cut(): void;
  onOpen(folder: ModelFolder): void;
  onBody(mail: Mail): void;
  /** It was scanned, and gone when its body was asked for. */
  onVanished(mail: Mail, folder: ModelFolder, uid: ImapUid): void;
}

/** One connection to the model's mail server. Whatever nobody of the engine's passes calls is not there. */
export const sessionOn = (server: MailServer, watch: SessionWatch): ImapSession =>
  ({
    listFolders: async () => {
      await watch.command();
      return server.folders.map(({ folderPath, specialUse, objectId }) => ({
        folderPath,
        specialUse,
        objectId,
        delimiter: '/',
        selectable: true,
      }));
    },
    openFolder: async (folderPath) => {
      await watch.command();
      const folder = server.at(folderPath);
      if (!folder || folder.closed > 0) {
        if (folder) folder.closed -= 1;
        throw new EmailConnectError('FOLDER_UNREADABLE', 'It will not open.', 'Ask again.');
      }
      if (folder.flaps > 0) {
        folder.flaps -= 1;
        server.renumber(folder);
      }
      watch.onOpen(folder);
      return openFolder(folder, watch);
    },
    findByMessageId: async (folderPath, messageId) => {
      await watch.command();
      const folder = server.at(folderPath);
      return folder
        ? shown(folder)
            .filter(({ mail }) => mail.messageId === messageId)
            .map(uidOf)
        : [];
    },
    close: async () => undefined,
  }) satisfies Partial<ImapSession> as Partial<ImapSession> as ImapSession;

const cutOff = (watch: SessionWatch): EmailConnectError => {
  watch.cut();
  return new EmailConnectError('CONNECTION_LOST', 'The server drops it.', 'Connect again.');
};

const shown = (folder: ModelFolder): Placed[] => folder.placed.filter(({ hidden }) => !hidden);
const uidOf = ({ uid }: Placed): ImapUid => uid as ImapUid;

/** The server's search counts whole days, and another time zone's may begin a day before. */
const dayOf = (since: Date): string => new Date(since.getTime() - 24 * 3_600_000).toISOString().slice(0, 10);

const openFolder = (folder: ModelFolder, watch: SessionWatch): OpenFolder => {
  const { uidNext, uidValidity, objectId } = folder;
  const { restores } = folder;
  const scannedAs = new Map<number, Mail>();
  /** Who has a folder open sees the numbers of then; when they change the server ends the session (RFC 3501 2.3.1.1). */
  const ask = async (): Promise<Placed[]> => {
    await watch.command();
    if (folder.uidValidity !== uidValidity || folder.restores !== restores)
      throw new EmailConnectError('CONNECTION_LOST', 'The folder was renumbered.', 'Open it again.');
    return shown(folder);
  };
  return {
    state: { uidValidity: String(uidValidity), uidNext, exists: shown(folder).length, objectId },
    listUids: async (from, to) => (await ask()).filter(({ uid }) => uid >= from && uid <= to).map(uidOf),
    listUidsSince: async (since) => {
      const day = dayOf(since);
      return (await ask()).filter(({ receivedAt }) => receivedAt.slice(0, 10) >= day).map(uidOf);
    },
    scanHeaders: async (uids) => {
      const wanted = new Set<number>(uids);
      const asked = (await ask()).filter(({ uid }) => wanted.has(uid));
      const poison = asked.find(({ scanCuts }) => scanCuts > 0);
      if (poison) {
        poison.scanCuts -= 1;
        throw cutOff(watch);
      }
      for (const { uid, mail } of asked) scannedAs.set(uid, mail);
      return scan(asked);
    },
    fetchMessage: async (imapUid) => {
      const there = (await ask()).find(({ uid }) => uid === imapUid);
      if (there?.leaves) folder.placed = folder.placed.filter((one) => one !== there);
      const placed = there?.leaves ? undefined : there;
      if (!placed) {
        const mail = scannedAs.get(imapUid);
        if (mail) watch.onVanished(mail, folder, imapUid);
        return null;
      }
      watch.onBody(placed.mail);
      if (placed.bodyCuts > 0) {
        placed.bodyCuts -= 1;
        throw cutOff(watch);
      }
      if (placed.refusals > 0) {
        placed.refusals -= 1;
        throw new EmailConnectError('SERVER_REFUSED', 'No.', 'Ask again.');
      }
      return bytesOf(placed.mail);
    },
    fetchReturned: async () => null,
    search: async () => [],
    release: () => undefined,
  };
};

const scan = (asked: readonly Placed[]): { scanned: ScannedMessage[]; unreadable: ImapUid[] } => {
  const scanned: ScannedMessage[] = [];
  const unreadable: ImapUid[] = [];
  for (const placed of asked) {
    if (placed.drops > 0) placed.drops -= 1;
    else if (placed.unreadable > 0) {
      placed.unreadable -= 1;
      unreadable.push(uidOf(placed));
    } else scanned.push(scannedFrom(placed));
  }
  return { scanned, unreadable };
};

const scannedFrom = ({ uid, mail, receivedAt }: Placed): ScannedMessage => ({
  imapUid: uid as ImapUid,
  receivedAt,
  size: 1_000,
  headerBytes: new TextEncoder().encode(JSON.stringify(mail.headers)),
  isDraft: false,
  labels: [],
  serverThreadId: null,
});

async function* bytesOf({ headers }: Mail): Bytes {
  yield new TextEncoder().encode(JSON.stringify(headers));
}
