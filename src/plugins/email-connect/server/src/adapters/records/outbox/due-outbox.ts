import { finalStages } from '../../../domain/outgoing/stage';
import type { OutgoingStage } from '../../../domain/outgoing/stage';
import type { OutboxEntry, OutboxRecords } from '../../../ports';
import { nowMs } from '../base/instants';
import { findRowsIn } from '../base/query-rows';
import type { Query, Strapi } from '../base/strapi';
import { tables, uids } from '../base/names';
import { findEntries } from './outbox-entries';

type DueRecords = Pick<
  OutboxRecords,
  'listDue' | 'listEvident' | 'listOpen' | 'nextDueInMs' | 'listInboxesDue' | 'claim' | 'renew'
>;

/** Stages for which a next step is planned. */
const PLANNED = ['queued', 'unknown', 'sent'] as const satisfies OutgoingStage[];
const AT_ONCE = 100;

/** Due entries and their claims, by the database's clock, which all processes share. */
export const dueOutbox = (strapi: Strapi): DueRecords => {
  const now = nowMs(strapi);
  const table = () => strapi.db.getConnection(tables.outbox);
  /** A step is planned and due, or its claim ran out. */
  const due = () =>
    table().where(
      (isDue) =>
        void isDue
          .where(
            (planned) =>
              void planned
                .whereIn('stage', PLANNED)
                .whereRaw(`next_attempt_at <= ${now} and claimed_until <= ${now}`)
                .whereRaw(`(not_before is null or not_before <= ${now})`)
          )
          .orWhere((left) => void left.where({ stage: 'submitting' }).whereRaw(`claimed_until <= ${now}`))
    );
  const isHeld = async (outboxId: number, claimId: string): Promise<boolean> =>
    (await table()
      .where({ id: outboxId, claim_id: claimId })
      .whereRaw(`claimed_until > ${now}`)
      .first('id')) !== undefined;
  return {
    listDue: async (inboxDocumentId) => {
      const rows: { id: number }[] = await due()
        .andWhere({ inbox_document_id: inboxDocumentId })
        .select('id')
        .orderBy('id')
        .limit(AT_ONCE);
      return findEntries(strapi, { id: { $in: rows.map(({ id }) => id) } });
    },

    listOpen: (inboxDocumentId) =>
      findEntries(strapi, { inboxDocumentId, stage: { $notIn: [...finalStages] } }),

    listEvident: (inboxDocumentId) => listEvident(strapi, inboxDocumentId),

    nextDueInMs: async (inboxDocumentId) => {
      const planned = laterOf('next_attempt_at', 'not_before');
      const dueAt = `case when stage = 'submitting' then claimed_until else ${laterOf(planned, 'claimed_until')} end`;
      const row: { wait: string | number | null } | undefined = await table()
        .where({ inbox_document_id: inboxDocumentId })
        .whereIn('stage', [...PLANNED, 'submitting'])
        .first(strapi.db.connection.raw(`min(${dueAt}) - ${now} as wait`));
      return row === undefined || row.wait === null ? null : Math.max(0, Number(row.wait));
    },

    listInboxesDue: async () => {
      const rows: { inbox_document_id: string }[] = await due().distinct('inbox_document_id');
      return rows.map((row) => row.inbox_document_id);
    },

    claim: async (entry, { to, claimId, claimMs, putOffMs }) => {
      const later = (ms: number) => strapi.db.connection.raw(`${now} + ?`, [Math.round(ms)]);
      const counted = (column: string) => strapi.db.connection.raw('coalesce(??, 0) + 1', [column]);
      const isSubmission = to === 'submitting';
      const claimed: number = await asRead(table(), entry)
        .whereRaw(`claimed_until <= ${now}`)
        .update({
          stage: to,
          claim_id: claimId,
          claimed_until: later(claimMs),
          next_attempt_at: later(putOffMs),
          ...(isSubmission
            ? { attempt_id: claimId, attempts: counted('attempts'), looks: 0 }
            : { looks: counted('looks') }),
        });
      if (claimed === 0 && !(await isHeld(entry.outboxId, claimId))) return null;
      const counts = isSubmission ? { attempts: entry.attempts + 1, looks: 0 } : { looks: entry.looks + 1 };
      return { ...entry, stage: to, claimId, ...counts };
    },

    renew: async (outboxId, claimId, claimMs) => {
      const renewed: number = await table()
        .where({ id: outboxId, claim_id: claimId })
        .whereIn('stage', ['submitting', 'unknown', 'sent'])
        .whereRaw(`claimed_until > ${now}`)
        .update({ claimed_until: strapi.db.connection.raw(`${now} + ?`, [Math.round(claimMs)]) });
      return renewed > 0;
    },
  };
};

const listEvident = async (strapi: Strapi, inboxDocumentId: string): Promise<OutboxEntry[]> => {
  const entries = await findEntries(strapi, { inboxDocumentId, stage: { $in: ['unknown', 'asked'] } });
  const documentIds = entries.map(({ messageDocumentId }) => messageDocumentId);
  const seen = await findRowsIn<{ messageDocumentId: string }>(
    strapi,
    uids.location,
    'messageDocumentId',
    documentIds,
    { select: ['messageDocumentId'] }
  );
  const reported = await findRowsIn<{ documentId: string }>(strapi, uids.message, 'documentId', documentIds, {
    select: ['documentId'],
    where: { deliveryStatus: { $in: ['delayed', 'bounced'] } },
  });
  const evident = new Set([
    ...seen.map(({ messageDocumentId }) => messageDocumentId),
    ...reported.map(({ documentId }) => documentId),
  ]);
  return entries.filter(({ messageDocumentId }) => evident.has(messageDocumentId));
};

/** The later of two times; null is none. */
const laterOf = (one: string, other: string): string =>
  `(case when ${other} > ${one} then ${other} else ${one} end)`;

/** The row, if no process has claimed it since it was read. */
const asRead = (table: Query, { outboxId, stage, claimId }: OutboxEntry): Query => {
  const row = table.where({ id: outboxId, stage });
  return claimId === null ? row.whereNull('claim_id') : row.where({ claim_id: claimId });
};
