import type { Press, PressedMail } from '../../ports';
import { findRow, insertRows } from './database';
import type { Strapi } from './database';
import { shortHash } from './hashes';
import { uids } from './names';
import type { PressRow } from './rows';

export const findPress = async (
  strapi: Strapi,
  { senderDocumentId, key }: Pick<Press, 'senderDocumentId' | 'key'>
): Promise<PressedMail | null> => {
  const row = await findRow<PressRow>(strapi, uids.press, {
    where: { senderDocumentId, keyHash: shortHash(key) },
  });
  if (!row) return null;
  const { contentHash, messageDocumentId, threadDocumentId } = row;
  return { contentHash, messageDocumentId, threadDocumentId };
};

export const insertPress = (
  strapi: Strapi,
  { senderDocumentId, key, contentHash }: Press,
  made: { messageDocumentId: string; threadDocumentId: string },
  at: Date
): Promise<void> =>
  insertRows(strapi, uids.press, [
    { senderDocumentId, keyHash: shortHash(key), contentHash, ...made, pressedAt: at.getTime() },
  ]);
