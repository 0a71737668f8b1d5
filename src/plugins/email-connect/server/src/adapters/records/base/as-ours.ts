import type { Strapi } from './strapi';
import { guarded } from './failures';
import { unlessSilent } from './silence';
import { usually } from './transaction-limits';

/** The noun with its rejections made ours, and none of its answers waited for without a bound. */
export const asOurs = <Noun extends object>(strapi: Strapi, noun: Noun): Noun =>
  guarded(noun, (work) => unlessSilent(strapi.db.connection, usually.silenceMs, work));
