import path from 'node:path';
import { EmailConnectError } from '../../domain/errors';
import type { StoredContent } from '../../ports';

const STORAGE_KEY = /^[0-9a-f]{2}\/[0-9a-f]{62}$/;

/** The storage key and path of content, from the hash of its bytes. */
export const contentOf = (sha256: string): StoredContent => ({
  storageKey: `${sha256.slice(0, 2)}/${sha256.slice(2)}`,
  sha256,
});

/** Only a storage key of our own form becomes a path. Throws ATTACHMENT_NOT_STORED. */
export const fileOf = (root: string, storageKey: string): string => {
  if (!STORAGE_KEY.test(storageKey)) throw notStored();
  return path.join(root, storageKey);
};

export const notStored = () =>
  new EmailConnectError(
    'ATTACHMENT_NOT_STORED',
    'This file is not in the attachment storage.',
    'Restore the attachments directory from its backup, or fetch the mail again from the mailbox.'
  );
