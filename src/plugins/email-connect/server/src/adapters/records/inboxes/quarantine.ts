import type { ErrorCode } from '../../../domain/errors';
import type { Evidence } from '../../../domain/logging/verdict';
import type { GoneMessage } from '../../../domain/sync/gone';
import type { Location, MessageToQuarantine, QuarantinedMessage, QuarantineRecords } from '../../../ports';
import { deleteFound, findRows, insertRows, updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { tables, uids } from '../base/names';
import { storable, storableJson } from '../base/storable';
import { folderKey } from './folder-rows';
import { deleteAt, locationColumns, locationKey, rowsAt, toLocation } from './locations';
import type { LocationRow } from './locations';

interface QuarantineRow extends LocationRow {
  id: number;
  code: string;
  detail: string;
  evidence: (Evidence & { gone?: GoneMessage }) | null;
  attempts: number;
  firstAt: string;
  lastAt: string;
  nextAt: string | null;
}

/**
 * The last possible instant: retried only when a person asks. Null means due: rows of an earlier version have no
 * time.
 */
const NEVER = 8.64e15;

export const createQuarantineRecords = (strapi: Strapi): QuarantineRecords => ({
  list: async (inboxDocumentId, { folderPath, limit } = {}) => {
    const rows = await findRows<QuarantineRow>(strapi, uids.quarantine, {
      where: { inboxDocumentId, ...(folderPath === undefined ? {} : { folderKey: folderKey(folderPath) }) },
      orderBy: [{ firstAt: 'desc' }, { id: 'desc' }],
      ...(limit === undefined ? {} : { limit }),
    });
    return rows.map(toQuarantined);
  },

  countByFolder: async (inboxDocumentId) => {
    const rows: { folder_path: string; total: number | string }[] = await strapi.db
      .getConnection(tables.quarantine)
      .where({ inbox_document_id: inboxDocumentId })
      .groupBy('folder_key')
      .max({ folder_path: 'folder_path' })
      .count({ total: '*' });
    return new Map(rows.map((row) => [row.folder_path, Number(row.total)]));
  },

  listDue: async (inboxDocumentId, folderPath, at, limit) => {
    const rows = await findRows<QuarantineRow>(strapi, uids.quarantine, {
      where: {
        inboxDocumentId,
        folderKey: folderKey(folderPath),
        $or: [{ nextAt: null }, { nextAt: { $lte: at.getTime() } }],
      },
      orderBy: [{ firstAt: 'asc' }, { id: 'asc' }],
      limit,
    });
    return rows.map(toQuarantined);
  },

  makeDue: (inboxDocumentId, location, at) =>
    updateRows(
      strapi,
      uids.quarantine,
      {
        inboxDocumentId,
        ...(location && {
          folderKey: folderKey(location.folderPath),
          uidValidity: location.uidValidity,
          imapUid: location.imapUid,
        }),
      },
      { nextAt: at.getTime() }
    ),
});

const toQuarantined = (row: QuarantineRow): QuarantinedMessage => {
  const { gone, ...evidence }: Partial<NonNullable<QuarantineRow['evidence']>> = row.evidence ?? {};
  return {
    location: toLocation(row),
    code: row.code,
    detail: row.detail,
    evidence: isEvidence(evidence) ? evidence : null,
    attempts: row.attempts,
    firstAt: new Date(Number(row.firstAt)).toISOString(),
    lastAt: new Date(Number(row.lastAt)).toISOString(),
    nextAt: nextAtOf(row),
    ...(gone ? { gone } : {}),
  };
};

const isEvidence = (kept: Partial<Evidence>): kept is Evidence => kept.rung !== undefined;

const nextAtOf = ({ nextAt, lastAt }: QuarantineRow): string | null => {
  const next = Number(nextAt ?? lastAt);
  return next === NEVER ? null : new Date(next).toISOString();
};

/** Puts messages that could not be read into quarantine, each once, with the latest failure. */
export const quarantine = async (
  strapi: Strapi,
  inboxDocumentId: string,
  entries: readonly MessageToQuarantine[],
  at: Date
): Promise<void> => {
  const known = await loadQuarantined(
    strapi,
    inboxDocumentId,
    entries.map(({ location }) => location)
  );
  await deleteFound(strapi, uids.quarantine, [...known.values()]);
  await insertRows(
    strapi,
    uids.quarantine,
    [...new Map(entries.map((entry) => [locationKey(entry.location), entry])).values()].map((entry) => {
      const earlier = known.get(locationKey(entry.location));
      return {
        ...locationColumns(inboxDocumentId, entry.location),
        code: entry.code,
        detail: storable(entry.detail),
        evidence: storableJson(entry.gone ? { ...entry.evidence, gone: entry.gone } : entry.evidence),
        attempts: (earlier?.attempts ?? 0) + 1,
        firstAt: earlier ? Number(earlier.firstAt) : at.getTime(),
        lastAt: at.getTime(),
        nextAt: entry.nextAt?.getTime() ?? NEVER,
      };
    })
  );
};

/** These messages were read after all, or are gone. */
export const liftQuarantine = (
  strapi: Strapi,
  inboxDocumentId: string,
  locations: readonly Location[]
): Promise<void> => deleteAt(strapi, uids.quarantine, inboxDocumentId, locations);

/** Remains of gone messages of this thread are deleted with it (S21). */
export const forgetGone = async (strapi: Strapi, threadDocumentId: string): Promise<void> => {
  const where = { code: 'MESSAGE_GONE' satisfies ErrorCode };
  const gone = await findRows<QuarantineRow>(strapi, uids.quarantine, { where });
  await deleteFound(
    strapi,
    uids.quarantine,
    gone.filter(({ evidence }) => evidence?.gone?.verdict.threadDocumentId === threadDocumentId)
  );
};

const loadQuarantined = (strapi: Strapi, inboxDocumentId: string, locations: readonly Location[]) =>
  rowsAt<QuarantineRow>(strapi, uids.quarantine, inboxDocumentId, locations);
