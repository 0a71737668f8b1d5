import type { Strapi } from './strapi';
import { asOurQueries } from './our-queries';
import { guarded } from './failures';
import { unlessSilent } from './silence';
import { usually } from './transaction-limits';

/** The records of one noun, with their errors turned into ours, and a bound on every wait for an answer. */
export const asOurs = <Noun extends object>(strapi: Strapi, noun: Noun): Noun =>
  guarded(noun, (work) => asOurQueries(() => unlessSilent(strapi.db.connection, usually.silenceMs, work)));
