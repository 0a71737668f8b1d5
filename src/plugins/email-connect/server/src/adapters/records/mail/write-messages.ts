import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { AskedAnswer, AskedRefusal } from '../../../domain/logging/asked';
import { overridesMute } from '../../../domain/logging/overrides-mute';
import type { AskedMessage, MessageToRecord } from '../../../ports';
import { writeHoldings } from '../people/write-holdings';
import { insertRows, rowIdsOf, updateRows } from '../base/query-rows';
import type { Writer } from '../base/transaction';
import { assignKey, fingerprintOf, loadKnownKeys } from '../facts/dedup';
import type { KnownMessage } from '../facts/dedup';
import { newDocumentId } from '../base/new-document-id';
import { idRowsOf, indexIds } from '../facts/id-index';
import { uids } from '../base/names';
import { inStatements, statementLimit } from '../base/statement-limit';
import { storableJson } from '../base/storable';
import { answerAskedMessages } from './asked-messages';
import { beginThreads } from './begin-threads';
import { planRefetch } from './files';
import { markNewcomers } from './mark-newcomers';
import { attachmentRows, marksOf, messageRow } from './message-rows';
import type { PlacedMessage } from './message-rows';
import { reportDeliveries } from './report-deliveries';
import { placeInThread } from './place-in-thread';
import { standMessages } from './stand-messages';
import { learnBcc } from './learn-bcc';
import { lockThreads } from './lock-threads';
import { matchRules } from './match-rules';
import { countIntoThreads } from './thread-summary';

/** A message, and the records that people chose for it. */
export interface MessageToWrite {
  message: MessageToRecord;
  /** The records from which it is written. */
  writtenFrom?: readonly LinkedContact[];
  /** A person asked for this very message. */
  asked?: AskedMessage;
}

/**
 * The message must not be recorded: its thread is gone, un-logged or muted, or a person removed it (S21); or it was asked
 * for, and would stand on no contact (S45).
 */
export interface NotWritten {
  documentId: null;
  reason: 'thread-unlogged' | 'removed' | AskedRefusal;
}

/** `bounces`: it is a notice by which a mail from here bounced. */
export type Written = { documentId: string; isNew: boolean; bounces: boolean } | NotWritten;

/**
 * Writes messages with everything that belongs to them: files, ids, participants, where they stand, their threads'
 * summaries. Within a transaction of the caller; the number of queries does not grow with the messages, except for two
 * for each thread, and for a few for each that a person asked for. One answer for each message, in order.
 */
export const writeMessages = async (
  writer: Writer,
  toWrite: readonly MessageToWrite[],
  at: Date
): Promise<Written[]> => {
  const plan = await planWrites(writer, toWrite, at);
  const added = await markNewcomers(writer.strapi, plan.added);
  await insertMessages(writer, added, at);
  for (const { documentId, message } of plan.enriched) {
    await updateRows(
      writer.strapi,
      uids.message,
      { documentId },
      { bcc: storableJson(message.bcc), updatedAt: at }
    );
  }
  await learnBcc(writer.strapi, plan.enriched);
  if (added.length > 0) await connect(writer, added);
  const bounces = await reportDeliveries(writer.strapi, added);
  return plan.written.map((one) =>
    one.documentId === null ? one : { ...one, bounces: bounces.has(one.documentId) }
  );
};

interface WritePlan {
  written: Written[];
  added: PlacedMessage[];
  /** Messages that were recorded before, from a copy that did not show Bcc recipients (S26). */
  enriched: { documentId: string; message: MessageToRecord }[];
}

const planWrites = async (
  writer: Writer,
  toWrite: readonly MessageToWrite[],
  at: Date
): Promise<WritePlan> => {
  const { strapi } = writer;
  const messages = toWrite.map(({ message }) => message);
  await lockThreads(writer, messages.flatMap(threadsOf));
  const keys = await loadKnownKeys(strapi, messages);
  const added = toWrite.filter(({ message }) => assignKey(message, keys).kind === 'new');
  const answers = await answerAskedMessages(writer, added);
  const isMuted = await mutedAmong(strapi, messages);
  // Not for a message that is recorded, removed or refused: its thread would stay empty.
  await beginThreads(
    strapi,
    added
      .map(({ message }) => message)
      .filter((message) => answers.get(message)?.kind !== 'refuse' && !isMuted(message)),
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
  for (const { message, writtenFrom = [] } of toWrite) {
    const answer = answers.get(message);
    const threadId = threads.get(message.threadDocumentId);
    const assigned = assignKey(message, keys);
    if (assigned.kind === 'known') {
      plan.written.push({ documentId: assigned.known.documentId, isNew: false, bounces: false });
      if (isRicher(message, assigned.known))
        plan.enriched.push({ documentId: assigned.known.documentId, message });
    } else if (answer?.kind === 'refuse' && (message.begins !== null || threadId !== undefined)) {
      plan.written.push({ documentId: null, reason: answer.because });
    } else if (threadId === undefined || assigned.kind === 'removed' || isMuted(message)) {
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
        marks: marksOf(message),
        chosen: [...writtenFrom, ...chosenBy(answer)],
      };
      plan.added.push(place);
      plan.written.push({ documentId: place.documentId, isNew: true, bounces: false });
      keys.byKey.set(place.dedupKey, {
        documentId: place.documentId,
        fingerprint: place.fingerprint,
        bcc: message.bcc,
      });
    }
  }
  return plan;
};

/** Those whose conversation, or the one that it splits off, was muted since they were judged. */
const mutedAmong = async (
  strapi: Writer['strapi'],
  messages: readonly MessageToRecord[]
): Promise<(message: MessageToRecord) => boolean> => {
  const muted = await rowIdsOf(strapi, uids.thread, messages.flatMap(threadsOf), { state: 'muted' });
  return (message) => !overridesMute(message) && threadsOf(message).some((thread) => muted.has(thread));
};

/** Its conversation, and the one that it splits off. */
const threadsOf = ({ threadDocumentId, begins }: MessageToRecord): string[] =>
  begins?.continuesDocumentId ? [threadDocumentId, begins.continuesDocumentId] : [threadDocumentId];

const chosenBy = (answer: AskedAnswer | undefined): LinkedContact[] =>
  answer?.kind === 'log' && answer.chosen ? [answer.chosen] : [];

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

const connect = async (writer: Writer, added: readonly PlacedMessage[]): Promise<void> => {
  const ids = added.flatMap(({ message, documentId }) => idRowsOf(message, documentId));
  await indexIds(writer.strapi, ids);
  const rowIds = await rowIdsOf(
    writer.strapi,
    uids.message,
    added.map(({ documentId }) => documentId)
  );
  // Before the threads count them: until then, their newest message is the one before these.
  const placed = added.flatMap((place) => {
    const id = rowIds.get(place.documentId);
    return id === undefined ? [] : [{ ...placeInThread(place, id), written: place.message }];
  });
  await standMessages(writer, placed);
  await writeHoldings(
    writer,
    placed.map(({ id, threadId, message: { direction, named }, written }) => ({
      id,
      threadId,
      mail: { direction, named, recordedFrom: written.inboxDocumentId },
    }))
  );
  await matchRules(
    writer.strapi,
    placed.map(({ id, people, written }) => ({ id, people, subject: written.parsed.headers.subject }))
  );
  await countIntoThreads(
    writer,
    added.map(({ message }) => message)
  );
};
