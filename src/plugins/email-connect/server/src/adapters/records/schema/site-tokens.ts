import { z } from 'zod';
import type { SiteTokenRecords } from '../../../ports';
import { uids } from '../base/names';
import type { Strapi } from '../base/strapi';

const kept = z.object({ readBefore: z.boolean() });

/** In Strapi's store of plugins. */
export const SITE_TOKENS_KEY = 'site-tokens';

export const createSiteTokenRecords = (strapi: Strapi): SiteTokenRecords => {
  let answered: Promise<boolean> | null = null;
  return {
    readBefore: () => {
      answered ??= readOrDecide(strapi).catch((error: unknown) => {
        answered = null;
        throw error;
      });
      return answered;
    },
    count: () => {
      const usable = [{ expiresAt: { $null: true } }, { expiresAt: { $gt: new Date() } }];
      const ofContent = [{ kind: { $null: true } }, { kind: 'content-api' }];
      return strapi.db.query('admin::api-token').count({
        where: { type: { $in: ['read-only', 'full-access'] }, $and: [{ $or: usable }, { $or: ofContent }] },
      });
    },
  };
};

/** First asked at a start, under the lock of the migrations and before anything is logged: a new site has no mail yet. */
const readOrDecide = async (strapi: Strapi): Promise<boolean> => {
  const store = strapi.store({ type: 'plugin', name: 'email-connect', key: SITE_TOKENS_KEY });
  const { data } = kept.safeParse(await store.get({}));
  if (data) return data.readBefore;
  const readBefore = (await strapi.db.query(uids.message).findOne({ select: ['id'] })) !== null;
  await store.set({ value: { readBefore } });
  return readBefore;
};
