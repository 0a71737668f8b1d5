import type { LinkedContact } from '../outgoing/outgoing';
import { sees, sightOf } from './sight';
import type { Caller, SeenMessage, ThreadCarriers } from './sight';
import { recordKey } from './standing';

/** What an address opens that is written into a record. */
export interface AddressFacts {
  /** The records on which it counts. */
  carriers: LinkedContact[];
  /** Messages that it is on. They may be left out where there are carriers, through which all of them are seen. */
  named: SeenMessage[];
  /** Whether `named` is all of them. */
  isAll: boolean;
  /** Who is on these messages. */
  people: ThreadCarriers;
}

/**
 * Whether an address counts on a record because this caller wrote it there, or confirms it (S41): it must open nothing
 * to them that they do not see already, else everybody who may write a record reads anybody's mail. What nobody carries
 * and no mail names opens nothing.
 */
export const mayVouchFor = ({ carriers, named, isAll, people }: AddressFacts, caller: Caller): boolean => {
  if (caller.readsAll) return true;
  if (carriers.length > 0) {
    const readable = new Set(caller.readable.map(recordKey));
    return carriers.every((carrier) => readable.has(recordKey(carrier)));
  }
  const sight = sightOf(people, caller);
  return isAll && named.every((message) => sees(sight, message));
};
