import type { MessageToRecord } from '../../../ports';
import { insertRows, rowIdsOf, updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { assignKey, fingerprintOf, loadKnownKeys } from '../facts/dedup';
import type { KnownMessage } from '../facts/dedup';
import { newDocumentId } from '../base/new-document-id';
import { idRowsOf, indexIds } from '../facts/id-index';
import { contactsStandingOn } from '../people/standing';
import { addLinks, addParticipants, linksOfContinued, linksOfParticipants } from '../people/links';
import { uids } from '../base/names';
import type { ContactLinkRow } from '../base/rows';
import { inStatements, statementLimit } from '../base/statement-limit';
import { storableJson } from '../base/storable';
import { beginThreads } from './begin-threads';
import { planRefetch } from './files';
import { attachmentRows, messageRow } from './message-rows';
import type { PlacedMessage } from './message-rows';
import { reportDeliveries } from './report-deliveries';
import { countIntoThreads } from './thread-summary';

/**
 * The message must not be recorded: its thread is gone or un-logged, or a person removed it (S21); or nobody would
 * stand on its thread (S45).
 */
export interface NotWritten {
  documentId: null;
  reason: 'thread-unlogged' | 'removed' | 'nobody';
}

export type Written = { documentId: string; isNew: boolean } | NotWritten;

/**
 * Writes messages with everything that belongs to them: files, ids, participants, links, their threads' summaries.
 * Within a transaction of the caller; the number of queries does not grow with the messages, except for two for each
 * thread. One answer for each message, in order. `links`: contacts from which the threads are written.
 */
export const writeMessages = async (
  writer: Writer,
  messages: readonly MessageToRecord[],
  at: Date,
  links: readonly ContactLinkRow[] = []
): Promise<Written[]> => {
  const plan = await planWrites(writer.strapi, messages, at, links);
  await insertMessages(writer, plan.added, at);
  for (const { documentId, message } of plan.enriched) {
    await updateRows(
      writer.strapi,
      uids.message,
      { documentId },
      { bcc: storableJson(message.bcc), updatedAt: at }
    );
  }
  if (plan.added.length > 0) await connect(writer, plan.added, links);
  await reportDeliveries(
    writer.strapi,
    plan.added.map(({ message }) => message)
  );
  return plan.written;
};

interface WritePlan {
  written: Written[];
  added: PlacedMessage[];
  /** Messages that were recorded before, from a copy that did not show Bcc recipients (S26). */
  enriched: { documentId: string; message: MessageToRecord }[];
}

const planWrites = async (
  strapi: Strapi,
  messages: readonly MessageToRecord[],
  at: Date,
  links: readonly ContactLinkRow[]
): Promise<WritePlan> => {
  const keys = await loadKnownKeys(strapi, messages);
  const toNobody = await loggedToNobody(strapi, messages, links);
  // Not for a message that is recorded, removed or for nobody: its thread would stay empty.
  await beginThreads(
    strapi,
    messages.filter((message) => assignKey(message, keys).kind === 'new' && !toNobody.has(message)),
    at
  );
  const threads = await rowIdsOf(
    strapi,
    uids.thread,
    messages.map(({ threadDocumentId }) => threadDocumentId),
    { state: { $ne: 'unlogged' } }
  );
  const inboxes = await rowIdsOf(
    strapi,
    uids.inbox,
    messages.map(({ inboxDocumentId }) => inboxDocumentId)
  );
  const plan: WritePlan = { written: [], added: [], enriched: [] };
  for (const message of messages) {
    const threadId = threads.get(message.threadDocumentId);
    const assigned = assignKey(message, keys);
    if (assigned.kind === 'known') {
      plan.written.push({ documentId: assigned.known.documentId, isNew: false });
      if (isRicher(message, assigned.known))
        plan.enriched.push({ documentId: assigned.known.documentId, message });
    } else if (assigned.kind === 'new' && toNobody.has(message) && (message.begins || threadId)) {
      plan.written.push({ documentId: null, reason: 'nobody' });
    } else if (threadId === undefined || assigned.kind === 'removed') {
      const reason = assigned.kind === 'removed' ? 'removed' : 'thread-unlogged';
      plan.written.push({ documentId: null, reason });
    } else {
      const place: PlacedMessage = {
        message,
        documentId: newDocumentId(),
        dedupKey: assigned.dedupKey,
        fingerprint: fingerprintOf(message),
        threadId,
        inboxId: inboxes.get(message.inboxDocumentId) ?? null,
      };
      plan.added.push(place);
      plan.written.push({ documentId: place.documentId, isNew: true });
      keys.byKey.set(place.dedupKey, {
        documentId: place.documentId,
        fingerprint: place.fingerprint,
        bcc: message.bcc,
      });
    }
  }
  return plan;
};

/** Mail that a person asked for, and on whose thread nobody would stand: as it is within this transaction. */
const loggedToNobody = async (
  strapi: Strapi,
  messages: readonly MessageToRecord[],
  links: readonly ContactLinkRow[]
): Promise<ReadonlySet<MessageToRecord>> => {
  const toNobody = new Set<MessageToRecord>();
  for (const message of messages) {
    const { threadDocumentId, begins, participants, evidence } = message;
    if (evidence?.rung !== 'by-hand' || links.some((link) => link.threadDocumentId === threadDocumentId))
      continue;
    const continuesDocumentId = begins?.continuesDocumentId ?? null;
    const mail = { threadDocumentId, continuesDocumentId, participants };
    if ((await contactsStandingOn(strapi, mail)).length === 0) toNobody.add(message);
  }
  return toNobody;
};

const isRicher = (message: MessageToRecord, known: KnownMessage): boolean =>
  message.bcc.length > 0 && known.bcc.length === 0;

const insertMessages = async (writer: Writer, places: readonly PlacedMessage[], at: Date): Promise<void> => {
  const { strapi } = writer;
  const rows = places.map((place) => messageRow(place, at));
  const limit = rows.length === 0 ? null : await statementLimit(strapi);
  for (const batch of limit ? inStatements(rows, limit) : []) await insertRows(strapi, uids.message, batch);
  const withFiles = places.filter(({ message }) => message.parsed.attachments.length > 0);
  const idOf = await rowIdsOf(
    strapi,
    uids.message,
    withFiles.map(({ documentId }) => documentId)
  );
  const files = withFiles.flatMap((place) => attachmentRows(place, idOf.get(place.documentId) ?? 0, at));
  await insertRows(strapi, uids.attachment, files);
  const withMissing = withFiles.filter(({ message }) =>
    message.parsed.attachments.some(({ state }) => state === 'failed')
  );
  await planRefetch(
    writer,
    withMissing.flatMap(({ documentId }) => idOf.get(documentId) ?? [])
  );
};

const connect = async (
  writer: Writer,
  added: readonly PlacedMessage[],
  links: readonly ContactLinkRow[]
): Promise<void> => {
  const ids = added.flatMap(({ message, documentId }) => idRowsOf(message, documentId));
  await indexIds(writer.strapi, ids);
  const participations = added.flatMap(({ message }) =>
    message.participants.map((address) => ({ threadDocumentId: message.threadDocumentId, address }))
  );
  await addParticipants(writer.strapi, participations);
  await countIntoThreads(
    writer,
    added.map(({ message }) => message)
  );
  const threadDocumentIds = [...new Set(added.map(({ message }) => message.threadDocumentId))];
  await addLinks(writer, threadDocumentIds, [
    ...links,
    ...(await linksOfParticipants(writer.strapi, participations)),
    ...(await linksOfContinued(writer.strapi, added.flatMap(splitOf))),
  ]);
};

const splitOf = ({ message: { threadDocumentId, begins } }: PlacedMessage) =>
  begins && begins.continuesDocumentId !== null
    ? [{ threadDocumentId, continuesDocumentId: begins.continuesDocumentId }]
    : [];
