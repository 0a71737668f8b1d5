import type { RecordReader } from '../../../domain/access/sight';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { Strapi } from '../base/strapi';
import { hashesOfRecord } from '../people/carriers';
import { levelsInForce } from './deciders';
import { recentlyOn, standingOn, toldAll, toldAt } from './visible-messages';
import type { Instant, Told } from './visible-messages';

export interface ToldOnRecord extends Told {
  /** Since when so many of them were received, told or not. */
  recently(count: number): Promise<Instant | null>;
}

/** The messages that stand on a record, as far as this reader is told of them. */
export const toldOnRecord = async (
  strapi: Strapi,
  contact: LinkedContact,
  reader: RecordReader
): Promise<ToldOnRecord> => {
  const [hashes, inForce] = await Promise.all([
    hashesOfRecord(strapi, contact, reader),
    levelsInForce(strapi),
  ]);
  const standing = standingOn(strapi, contact, hashes);
  const told = reader.overrides ? toldAll(standing) : toldAt(strapi, standing, inForce, reader);
  return {
    ...(reader.atLeast === 'full' ? toldAll(told.full) : told),
    recently: (count) => recentlyOn(strapi, contact, hashes, count),
  };
};
