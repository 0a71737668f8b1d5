import { recordKey } from '../../../domain/access/standing';
import { normalizeAddress } from '../../../domain/address/address';
import { canonicalMessageId } from '../../../domain/identification/message-id';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import { readDirection, readNotice } from '../base/enumerations';
import { deleteRowsIn, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { tables, uids } from '../base/names';
import type { ContactLinkRow, MessageRecordRow, MessageRow, ParticipantRow } from '../base/rows';
import { isReport, peopleOn, withRole } from '../mail/place-in-thread';
import { standMessages } from '../mail/stand-messages';
import type { PlacedInThread } from '../mail/place-in-thread';
import { toRecord } from '../people/carriers';
import { contactsThatAreGone } from '../people/contacts';
import { addParticipants } from '../people/participants';
import type { SteppedMigration } from './migration';
import { newestFirst } from './newest-first';

interface ThreadToPlace {
  id: number;
  documentId: string;
}

type MessageToPlace = Pick<
  MessageRow,
  | 'id'
  | 'documentId'
  | 'direction'
  | 'origin'
  | 'notice'
  | 'fromAddress'
  | 'to'
  | 'cc'
  | 'bcc'
  | 'receivedAt'
  | 'answersDocumentId'
> & { inReplyTo: string[] | null; references: string[] | null; thread: ThreadToPlace };

/**
 * Until 0.1.0 a thread was shown as a whole on the records of everybody who took part. Now each message stands on the
 * records of its own people (S40). Newest threads first: their mail is looked for first.
 */
export const whereMessagesStand: SteppedMigration = {
  number: 4,
  name: 'where messages stand',
  phase: 'stepped',
  step: newestFirst<ThreadToPlace>({
    uid: uids.thread,
    select: ['id', 'documentId'],
    atOnce: 100,
    work: (writer, threads) => placeThreads(writer, threads),
  }),
};

const placeThreads = async (writer: Writer, threads: readonly ThreadToPlace[]): Promise<void> => {
  const { strapi } = writer;
  const threadIds = threads.map(({ id }) => id);
  const documentIds = threads.map(({ documentId }) => documentId);
  // A pass that writes to one of them comes wholly before or wholly after.
  await writer.table(tables.thread).whereIn('id', threadIds).orderBy('id').forUpdate().select('id');
  const messages = await findRowsIn<MessageToPlace>(strapi, uids.message, 'thread', threadIds, {
    select: [...COLUMNS],
    populate: { thread: { select: ['id', 'documentId'] } },
  });
  const people = await findRowsIn<ParticipantRow>(strapi, uids.participant, 'threadDocumentId', documentIds);
  const writtenFrom = await loadWrittenFrom(strapi, threads);
  // A message that came since the start has its place already, but not with those that came before it.
  await deleteRowsIn(strapi, uids.messageAddress, 'threadId', threadIds);
  await deleteRowsIn(strapi, uids.messageRecord, 'threadId', threadIds);
  await deleteRowsIn(strapi, uids.participant, 'threadDocumentId', documentIds);
  await standMessages(
    writer,
    messages.map((message) => placeOf(message, writtenFrom(message)))
  );
  await addParticipants(
    strapi,
    people.map(({ threadDocumentId, address }) => ({ threadDocumentId, address, cameAs: 'named' }))
  );
  await deleteRowsIn(strapi, uids.contactLink, 'threadDocumentId', documentIds);
};

/**
 * The records from which messages were written: as it was recorded since the start; before, a thread was linked to the
 * record from which it was begun before it was linked to those of its participants. 0.1.0 kept links to records that
 * were deleted: mail that stood on these alone is for managers.
 */
const loadWrittenFrom = async (
  strapi: Strapi,
  threads: readonly ThreadToPlace[]
): Promise<(message: MessageToPlace) => LinkedContact[]> => {
  const documentIds = threads.map(({ documentId }) => documentId);
  const links = await findRowsIn<ContactLinkRow>(strapi, uids.contactLink, 'threadDocumentId', documentIds, {
    orderBy: { id: 'asc' },
  });
  const firstOf = new Map([...links].reverse().map((link) => [link.threadDocumentId, link]));
  const recorded = await findRowsIn<MessageRecordRow>(
    strapi,
    uids.messageRecord,
    'threadId',
    threads.map(({ id }) => id)
  );
  const gone = new Set(
    (await contactsThatAreGone(strapi, [...links, ...recorded].map(toRecord))).map(recordKey)
  );
  return ({ id, origin, thread }) => {
    const since = recorded.filter(({ messageId }) => messageId === id);
    const first = origin === 'crm' ? firstOf.get(thread.documentId) : undefined;
    return (since.length > 0 || !first ? since : [first])
      .map(toRecord)
      .filter((record) => !gone.has(recordKey(record)));
  };
};

const COLUMNS = [
  'id',
  'documentId',
  'direction',
  'origin',
  'notice',
  'fromAddress',
  'to',
  'cc',
  'bcc',
  'receivedAt',
  'answersDocumentId',
  'inReplyTo',
  'references',
] as const;

const placeOf = (message: MessageToPlace, writtenFrom: LinkedContact[]): PlacedInThread => {
  const author = normalizeAddress(message.fromAddress);
  return {
    id: message.id,
    documentId: message.documentId,
    threadId: message.thread.id,
    threadDocumentId: message.thread.documentId,
    receivedAt: message.receivedAt,
    ...peopleOn(
      [
        { address: author, role: 'from' },
        ...withRole('to', message.to),
        ...withRole('cc', message.cc),
        ...withRole('bcc', message.bcc),
      ],
      [author],
      {
        direction: readDirection(message.direction),
        isReport: isReport(readNotice(message.notice)),
        chosen: writtenFrom,
      }
    ),
    answers: [...(message.inReplyTo ?? []), ...[...(message.references ?? [])].reverse()].flatMap(
      (id) => canonicalMessageId(id) ?? []
    ),
    answersDocumentId: message.answersDocumentId,
    continuesDocumentId: null,
  };
};
