import type { Press, PressedMail } from '../../../ports';
import { findRow, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { shortHash } from '../base/hashes';
import { uids } from '../base/names';
import type { PressRow } from '../base/rows';

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
