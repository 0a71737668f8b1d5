import type {
  LoggedFate,
  Location,
  MessageRecords,
  PassOutcome,
  RecordedChange,
  RecordedPass,
} from '../../../ports';
import { holdSighted } from '../people/write-holdings';
import { findRowsIn } from '../base/query-rows';
import { inTransaction } from '../base/transaction';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { aliasRow, indexIds } from '../facts/id-index';
import { leaseLost, passFence } from '../inboxes/leases';
import { recordsOfMessages } from '../people/carriers';
import { addLocations } from '../inboxes/locations';
import { askLookBack, moveCursor } from '../inboxes/move-cursor';
import { uids } from '../base/names';
import { liftQuarantine, quarantine } from '../inboxes/quarantine';
import { suggest, withdrawSuggestions } from '../inboxes/suggestions';
import { askToCompare } from '../mail/copies';
import { loadAskedFacts } from '../mail/asked-messages';
import { unlogThread } from '../mail/unlog-thread';
import { writeMessages } from '../mail/write-messages';
import type { Written } from '../mail/write-messages';

export const createMessageRecords = (strapi: Strapi): MessageRecords => ({
  recordPass: (outcome) => inTransaction(strapi, (writer) => recordPass(writer, outcome)),
  askedFacts: (mail, chosen) => inTransaction(strapi, (writer) => loadAskedFacts(writer, mail, chosen)),
});

const recordPass = async (writer: Writer, outcome: PassOutcome): Promise<RecordedPass> => {
  const { strapi } = writer;
  const { inboxDocumentId } = outcome.fence;
  const { at } = outcome;
  if (!(await passFence(writer, outcome.fence))) throw leaseLost();
  if (!(await moveCursor(strapi, outcome))) throw leaseLost();

  const written = await writeMessages(writer, outcome.logged, at);
  const sighted = await stillRecorded(strapi, outcome.sighted);
  await indexIds(
    strapi,
    sighted.flatMap(({ aliases, threadDocumentId, messageDocumentId }) =>
      aliases.map((id) => aliasRow(id, threadDocumentId, messageDocumentId))
    )
  );
  const seen = [...sightings(outcome, written), ...sighted];
  await addLocations(strapi, inboxDocumentId, seen);
  const copied = seen.map(({ messageDocumentId }) => messageDocumentId);
  await holdSighted(writer, copied);
  await askToCompare(writer, copied);
  const places = seen.map(({ location }) => location);
  const gone = outcome.logged.flatMap(({ goneFrom }) => goneFrom ?? []);
  await liftQuarantine(strapi, inboxDocumentId, [...places, ...gone, ...outcome.lifted]);
  await quarantine(strapi, inboxDocumentId, outcome.quarantined, at);
  await suggest(strapi, inboxDocumentId, outcome.suggested, at);
  await withdrawSuggestions(strapi, inboxDocumentId, places);
  for (const threadDocumentId of outcome.unlogged) await unlogThread(writer, threadDocumentId, at);
  if (outcome.lookBack) await askLookBack(writer, inboxDocumentId, outcome.lookBack);
  return { changes: await changes(strapi, outcome, written), logged: written.map(fateOf) };
};

const fateOf = (written: Written): LoggedFate =>
  written.documentId === null
    ? { kind: 'not-written', reason: written.reason }
    : { kind: written.isNew ? 'recorded' : 'was-there', messageDocumentId: written.documentId };

/** A person may have removed a message after the pass saw its record. */
const stillRecorded = async (
  strapi: Strapi,
  sighted: PassOutcome['sighted']
): Promise<PassOutcome['sighted']> => {
  const documentIds = sighted.map(({ messageDocumentId }) => messageDocumentId);
  const rows = await findRowsIn<{ documentId: string }>(strapi, uids.message, 'documentId', documentIds, {
    select: ['documentId'],
  });
  const recorded = new Set(rows.map(({ documentId }) => documentId));
  return sighted.filter(({ messageDocumentId }) => recorded.has(messageDocumentId));
};

const sightings = (
  outcome: PassOutcome,
  written: readonly Written[]
): { messageDocumentId: string; location: Location }[] =>
  outcome.logged.flatMap(({ location }, i) => {
    const documentId = written[i]?.documentId;
    return !documentId || location === null ? [] : [{ messageDocumentId: documentId, location }];
  });

const changes = async (
  strapi: Strapi,
  outcome: PassOutcome,
  written: readonly Written[]
): Promise<RecordedChange[]> => {
  const added = outcome.logged.flatMap(({ message }, i) => {
    const result = written[i];
    return result && result.documentId !== null && result.isNew
      ? [{ message, messageDocumentId: result.documentId, bounces: result.bounces }]
      : [];
  });
  const contacts = await recordsOfMessages(
    strapi,
    added.map(({ messageDocumentId }) => messageDocumentId)
  );
  return added.map(({ message, messageDocumentId, bounces }) => ({
    threadDocumentId: message.threadDocumentId,
    messageDocumentId,
    direction: message.direction,
    bounces,
    receivedAt: message.receivedAt,
    contacts: contacts.get(messageDocumentId) ?? [],
  }));
};
