import type { ImapFlow } from 'imapflow';
import type { MessageId } from '../../domain/identification/message-id';
import type { ImapUid } from '../../domain/message/message';
import type { FolderState } from '../../domain/sync/folder';
import type { ImapSession, OpenFolder, ServerAccess } from '../../ports';
import { appendMessage } from './append-message';
import { examineFolder } from './examine-folder';
import { openFolder } from './open-folder';
import { listFolders } from './list-folders';
import { Liveness } from './liveness';
import { logOut } from './log-out';
import type { ImapLimits } from './options';
import { searchHeaders } from './search-headers';
import { Turns } from './turns';
import { FolderWatch } from './watch-folder';

/** The calls of one session take turns on its connection; the watch idles whenever nobody else wants it. */
export const openSession = (client: ImapFlow, access: ServerAccess, limits: ImapLimits): ImapSession => {
  const turns = new Turns();
  const liveness = new Liveness(client, access, limits);
  const known = new Set<string>();
  let watch: FolderWatch | null = null;

  /** A connection that has rested may be gone: this is checked before it is given a command that may take long. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> =>
    turns.during(async () => {
      await liveness.probe();
      return work();
    });

  /** At the first EXAMINE a server may have to build its index of the folder. */
  const examine = async (folderPath: string): Promise<FolderState> => {
    const ask = () => examineFolder(client, folderPath, access);
    const { state } = known.has(folderPath) ? await liveness.promptly(ask) : await ask();
    known.add(folderPath);
    watch?.noteState(folderPath, state);
    return state;
  };

  return {
    listFolders: () => inTurn(() => liveness.promptly(() => listFolders(client, access))),

    openFolder: async (folderPath): Promise<OpenFolder> => {
      const release = await turns.take();
      try {
        await liveness.probe();
        return openFolder(client, access, limits, await examine(folderPath), release);
      } catch (error) {
        release();
        throw error;
      }
    },

    watch: async (folderPath, onChange): Promise<void> => {
      watch?.stop();
      watch = new FolderWatch(client, turns, liveness, access, limits, folderPath, onChange);
      await watch.start();
    },

    findByMessageId: (folderPath: string, messageId: MessageId): Promise<ImapUid[]> =>
      inTurn(async () => searchHeaders(client, access, await examine(folderPath), { messageId }, Infinity)),

    append: (folderPath, source, sentAt) =>
      inTurn(() => appendMessage(client, access, folderPath, source, sentAt)),

    close: async () => {
      watch?.stop();
      await logOut(client);
    },
  };
};
