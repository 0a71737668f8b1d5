import type { EmailConnectError } from '../../domain/errors';
import type { Location } from '../../ports';
import { headersWith, id, uid } from './build-mail';
import { FakeFolder } from './fake-folder';
import { folderWith } from './mailbox-scene';

export const at = (imapUid: number, folderPath = 'INBOX', uidValidity = '7'): Location => ({
  folderPath,
  uidValidity,
  imapUid: uid(imapUid),
});

/** What recorded mail is read from again. */
export interface LyingMail {
  /** By folder path, the Message-IDs at UID 1, 2, ... */
  mail: Record<string, string[]>;
  opening?: EmailConnectError | undefined;
  body?: EmailConnectError | undefined;
}

/** A mailbox whose messages are their Message-IDs; `bodies`: which were fetched. The folder Gone is listed no more. */
export const readAgainScene = ({ mail, opening, body }: LyingMail) => {
  const bodies: string[] = [];
  const session = {
    openFolder: async (folderPath: string) => {
      if (opening) throw opening;
      const names = mail[folderPath] ?? [];
      const folder = new FakeFolder(
        names.map((raw, i) => ({ imapUid: uid(i + 1), raw, ...(body ? { bodyFailures: [body] } : {}) })),
        { uidValidity: '7', uidNext: names.length + 1, exists: names.length, objectId: null }
      );
      return Object.assign(folder, {
        fetchMessage: async (imapUid: number) => {
          bodies.push(`${folderPath} ${imapUid}`);
          return FakeFolder.prototype.fetchMessage.call(folder, uid(imapUid));
        },
      });
    },
  };
  const parseHeaders = (bytes: Uint8Array) => headersWith({ messageId: id(new TextDecoder().decode(bytes)) });
  const folders = {
    list: async () =>
      ['INBOX', 'Archive', 'Gone'].map((path) => folderWith(path, { listed: path !== 'Gone' })),
  };
  return { bodies, session, parseHeaders, folders };
};
