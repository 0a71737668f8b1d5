import { findRow, findRows, findRowsIn, updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { AddressRow } from '../base/rows';
import { readsAllRecords } from './readable-records';

const ROWS_AT_ONCE = 500;

type UnjudgedRow = AddressRow & { id: number };

/**
 * Decides of addresses whose writing nobody saw whether they count (S41): those of versions before 0.2, and of records
 * that were there before their type was made one of contacts. An address counts, except on several records at once,
 * on those that somebody wrote last, or made, who may not read all records: there somebody who may confirms it.
 */
export const judgeEarlier = async (strapi: Strapi): Promise<void> => {
  const readsAll = remembered((userId: number) => userReadsAll(strapi, userId));
  for (let after = 0; ;) {
    const rows = await findRows<UnjudgedRow>(strapi, uids.addressIndex, {
      where: { counts: { $null: true }, id: { $gt: after } },
      orderBy: { id: 'asc' },
      limit: ROWS_AT_ONCE,
    });
    const last = rows.at(-1);
    if (!last) return;
    const doubtful = new Set<number>();
    for (const row of await sharedAmong(strapi, rows)) {
      for (const userId of await writersOf(strapi, row)) {
        if (!(await readsAll(userId))) doubtful.add(row.id);
      }
    }
    const idsOf = (counts: boolean) => rows.map(({ id }) => id).filter((id) => doubtful.has(id) !== counts);
    await updateRows(strapi, uids.addressIndex, { id: { $in: idsOf(true) } }, { counts: true });
    await updateRows(strapi, uids.addressIndex, { id: { $in: idsOf(false) } }, { counts: false });
    after = last.id;
  }
};

/** Those of these rows whose address several records carry. */
const sharedAmong = async (strapi: Strapi, rows: readonly UnjudgedRow[]): Promise<UnjudgedRow[]> => {
  const carriers = await findRowsIn<AddressRow>(
    strapi,
    uids.addressIndex,
    'addressHash',
    rows.map(({ addressHash }) => addressHash)
  );
  const carried = new Map<string, number>();
  for (const { addressHash } of carriers) carried.set(addressHash, (carried.get(addressHash) ?? 0) + 1);
  return rows.filter(({ addressHash }) => (carried.get(addressHash) ?? 0) > 1);
};

interface WrittenRow {
  createdBy: { id: number } | null;
  updatedBy: { id: number } | null;
}

/** The admin users who made any version of the record, or wrote it last. */
const writersOf = async (
  strapi: Strapi,
  { contactType, contactDocumentId }: AddressRow
): Promise<Set<number>> => {
  if (!strapi.db.metadata.has(contactType)) return new Set();
  const rows = await findRows<WrittenRow>(strapi, contactType, {
    where: { documentId: contactDocumentId },
    populate: { createdBy: { select: ['id'] }, updatedBy: { select: ['id'] } },
  });
  return new Set(
    rows.flatMap(({ createdBy, updatedBy }) => [createdBy ?? [], updatedBy ?? []].flat()).map(({ id }) => id)
  );
};

/** At a start Strapi does not know the conditions of roles yet, and lets nobody through by a permission that has one. */
const userReadsAll = async (strapi: Strapi, userId: number): Promise<boolean> => {
  const user = await findRow<object>(strapi, 'admin::user', { where: { id: userId }, populate: ['roles'] });
  const ability: unknown = await strapi.service('admin::permission').engine.generateUserAbility(user);
  return readsAllRecords(strapi, ability);
};

const remembered = <Key, Value>(ask: (key: Key) => Promise<Value>): ((key: Key) => Promise<Value>) => {
  const answers = new Map<Key, Promise<Value>>();
  return (key) => {
    const known = answers.get(key) ?? ask(key);
    answers.set(key, known);
    return known;
  };
};
