import type { ImapFlow } from 'imapflow';
import type { MessageId } from '../../domain/identification/message-id';
import type { ImapUid } from '../../domain/message/message';
import type { ImapSession, OpenFolder, ServerAccess } from '../../ports';
import { appendMessage } from './append-message';
import { examineFolder } from './examine-folder';
import { openFolder } from './open-folder';
import { listFolders } from './list-folders';
import { logOut } from './log-out';
import type { ImapLimits } from './options';
import { searchHeaders } from './search-headers';
import { Turns } from './turns';
import { FolderWatch } from './watch-folder';

/** The calls of one session take turns on its connection; the watch idles whenever nobody else wants it. */
export const openSession = (client: ImapFlow, access: ServerAccess, limits: ImapLimits): ImapSession => {
  const turns = new Turns();
  let watch: FolderWatch | null = null;

  return {
    listFolders: () => turns.during(() => listFolders(client, access)),

    openFolder: async (folderPath): Promise<OpenFolder> => {
      const release = await turns.take();
      try {
        const { state } = await examineFolder(client, folderPath, access);
        watch?.noteState(folderPath, state);
        return openFolder(client, access, limits, state, release);
      } catch (error) {
        release();
        throw error;
      }
    },

    watch: async (folderPath, onChange): Promise<void> => {
      watch?.stop();
      watch = new FolderWatch(client, turns, access, limits, folderPath, onChange);
      await watch.start();
    },

    findByMessageId: (folderPath: string, messageId: MessageId): Promise<ImapUid[]> =>
      turns.during(async () => {
        const { state } = await examineFolder(client, folderPath, access);
        watch?.noteState(folderPath, state);
        return searchHeaders(client, access, state, { messageId }, Infinity);
      }),

    append: (folderPath, source, sentAt) =>
      turns.during(() => appendMessage(client, access, folderPath, source, sentAt)),

    close: async () => {
      watch?.stop();
      await logOut(client);
    },
  };
};
