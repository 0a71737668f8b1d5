import { unreachable } from '../../../../../shared/unreachable';
import type { OutgoingStage } from '../../../domain/outgoing/stage';
import { finalStages } from '../../../domain/outgoing/stage';
import { FIRST_REFETCH_MS } from '../../../domain/message/refetch';
import type { RefetchedFile } from '../../../domain/message/refetch';
import type { FileRecords, MessageToRefetch, StoredContent } from '../../../ports';
import { toStored } from '../../../domain/stored-word';
import { isoOf, nowMs } from '../base/instants';
import { findRows, findRowsIn, updateRows } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { readOrigin } from '../base/enumerations';
import { messageIdsOf } from '../facts/id-index';
import { leaseLost, passFence } from '../inboxes/leases';
import { toLocation } from '../inboxes/locations';
import type { LocationRow } from '../inboxes/locations';
import { tables, uids } from '../base/names';
import type { AttachmentRow, MessageRow } from '../base/rows';

export const createFileRecords = (strapi: Strapi): FileRecords => ({
  used: async (contents) => {
    // Each file once: the picture of a signature may be in every mail.
    const named: { sha_256: string }[] = await strapi.db
      .getConnection(tables.attachment)
      .whereIn(
        'sha_256',
        contents.map(({ sha256 }) => sha256)
      )
      .distinct('sha_256');
    const hashes = new Set(named.map(({ sha_256: hash }) => hash));
    const isNamed = ({ sha256 }: StoredContent) => hashes.has(sha256);
    const used = contents.filter(isNamed).map(({ storageKey }) => storageKey);
    const left = contents.filter((content) => !isNamed(content)).map(({ storageKey }) => storageKey);
    const sources = await findRowsIn<{ sourceKey: string }>(strapi, uids.outbox, 'sourceKey', left, {
      select: ['sourceKey'],
      where: { stage: { $notIn: [...finalStages] satisfies OutgoingStage[] } },
    });
    return new Set([...used, ...sources.map(({ sourceKey }) => sourceKey)]);
  },

  waiting: async (inboxDocumentId) => {
    const [row]: { total: string | number; next: string | number | null }[] = await waitingIn(
      strapi,
      inboxDocumentId
    )
      .count({ total: '*' })
      .min({ next: 'file.retry_at' });
    const nextAt = isoOf(row?.next ?? null);
    return nextAt === null ? null : { count: Number(row?.total), nextAt };
  },

  listDue: async (inboxDocumentId, limit) => {
    const due: { id: number }[] = await waitingIn(strapi, inboxDocumentId)
      .whereRaw(`file.retry_at <= ${nowMs(strapi)}`)
      .select('message.id')
      .groupBy('message.id')
      .orderByRaw('min(file.retry_at), message.id')
      .limit(limit);
    return loadMessages(
      strapi,
      inboxDocumentId,
      due.map(({ id }) => id)
    );
  },

  plan: (fence, messageDocumentId, waitMs) =>
    inTransaction(strapi, async (writer) => {
      if (!(await passFence(writer, fence))) throw leaseLost();
      const now = nowMs(strapi);
      const planned: number = await writer
        .table(tables.attachment)
        .whereIn('message_id', messageIdIn(writer, messageDocumentId))
        .whereRaw(`retry_at <= ${now}`)
        .update({
          retry_at: strapi.db.connection.raw(`${now} + ?`, [waitMs]),
          retries: strapi.db.connection.raw('coalesce(retries, 0) + 1'),
        });
      return planned > 0;
    }),

  settle: (fence, files) =>
    inTransaction(strapi, async (writer) => {
      if (!(await passFence(writer, fence))) throw leaseLost();
      for (const file of files) {
        const where = { documentId: file.documentId, retryAt: { $notNull: true } };
        await updateRows(strapi, uids.attachment, where, { ...settled(file), retryAt: null });
      }
    }),

  ask: (documentId) => askFor(strapi, documentId),
});

/** Plans the first retry for files of these messages that could not be stored. Within a transaction of the caller. */
export const planRefetch = async (
  { strapi, table }: Writer,
  messageIds: readonly number[]
): Promise<void> => {
  if (messageIds.length === 0) return;
  await table(tables.attachment)
    .whereIn('message_id', [...messageIds])
    .where({ state: toStored('failed') })
    .update({ retry_at: strapi.db.connection.raw(`${nowMs(strapi)} + ?`, [FIRST_REFETCH_MS]) });
};

/** Files to be fetched again, of messages that lie in the inbox, or that it wrote and that lie nowhere. */
const waitingIn = (strapi: Strapi, inboxDocumentId: string) =>
  strapi.db
    .getConnection(`${tables.attachment} as file`)
    .join(`${tables.message} as message`, 'message.id', 'file.message_id')
    .whereNotNull('file.retry_at')
    .where(
      (ours) =>
        void ours
          .whereExists(locationOf(strapi).where('location.inbox_document_id', inboxDocumentId))
          .orWhere(
            (nowhere) =>
              void nowhere
                .whereNotExists(locationOf(strapi))
                .whereIn(
                  'message.inbox_id',
                  strapi.db.getConnection(tables.inbox).where({ document_id: inboxDocumentId }).select('id')
                )
          )
    );

const locationOf = (strapi: Strapi) =>
  strapi.db
    .getConnection(`${tables.location} as location`)
    .whereRaw('location.message_document_id = message.document_id')
    .select('location.id');

type DueMessageRow = Pick<MessageRow, 'id' | 'documentId' | 'messageId' | 'origin' | 'thread'> & {
  size: number;
  attachments: AttachmentRow[];
};

/** In the order of `ids`. */
const loadMessages = async (
  strapi: Strapi,
  inboxDocumentId: string,
  ids: readonly number[]
): Promise<MessageToRefetch[]> => {
  const rows = await findRowsIn<DueMessageRow>(strapi, uids.message, 'id', ids, {
    select: ['documentId', 'messageId', 'origin', 'size'],
    populate: { thread: { select: ['documentId'] }, attachments: true },
  });
  const seen = await findRowsIn<LocationRow & { id: number; messageDocumentId: string }>(
    strapi,
    uids.location,
    'messageDocumentId',
    rows.map(({ documentId }) => documentId),
    { where: { inboxDocumentId }, orderBy: { id: 'desc' } }
  );
  return rows
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    .map((row) => ({
      messageDocumentId: row.documentId,
      threadDocumentId: row.thread?.documentId ?? '',
      messageId: messageIdsOf([row.messageId])[0] ?? null,
      origin: readOrigin(row.origin),
      size: row.size,
      locations: seen.filter(({ messageDocumentId }) => messageDocumentId === row.documentId).map(toLocation),
      files: row.attachments
        .sort((a, b) => a.id - b.id)
        .map(({ documentId, fileName, size, retryAt }) => ({
          documentId,
          fileName,
          size,
          isWaiting: retryAt !== null,
        })),
      tries: Math.max(
        0,
        ...row.attachments.map(({ retryAt, retries }) => (retryAt === null ? 0 : (retries ?? 0)))
      ),
    }));
};

const messageIdIn = ({ table }: Writer, documentId: string) =>
  table(tables.message).where({ document_id: documentId }).select('id');

const settled = (file: RefetchedFile): Record<string, unknown> => {
  switch (file.kind) {
    case 'stored': {
      const { storageKey, sha256, size } = file;
      return { state: 'stored', storageKey, sha256, size };
    }
    case 'too-large':
      return { state: toStored(file.kind) };
    case 'given-up':
      return {};
    default:
      return unreachable(file);
  }
};

const askFor = async (strapi: Strapi, documentId: string): Promise<string[]> => {
  await strapi.db
    .getConnection(tables.attachment)
    .where({ document_id: documentId })
    .whereNot({ state: 'stored' })
    .update({ retry_at: strapi.db.connection.raw(nowMs(strapi)), retries: 0 });
  const [file] = await findRows<
    AttachmentRow & { message: { documentId: string; inbox: { documentId: string } | null } | null }
  >(strapi, uids.attachment, {
    where: { documentId },
    populate: { message: { select: ['documentId'], populate: { inbox: { select: ['documentId'] } } } },
  });
  if (!file?.message) return [];
  const seen = await findRows<{ inboxDocumentId: string }>(strapi, uids.location, {
    where: { messageDocumentId: file.message.documentId },
    select: ['inboxDocumentId'],
  });
  const own = file.message.inbox ? [file.message.inbox.documentId] : [];
  return [...new Set(seen.length > 0 ? seen.map(({ inboxDocumentId }) => inboxDocumentId) : own)];
};
