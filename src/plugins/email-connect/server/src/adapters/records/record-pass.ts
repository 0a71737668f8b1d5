import { EmailConnectError } from '../../domain/errors';
import type { Location, MessageRecords, PassOutcome, RecordedChange } from '../../ports';
import { inTransaction } from './database';
import type { Strapi, Writer } from './database';
import { moveCursor } from './folders';
import { passFence } from './leases';
import { loadContacts } from './links';
import { addLocations } from './locations';
import { uids } from './names';
import { liftQuarantine, quarantine } from './quarantine';
import { writeMessages } from './write-messages';
import type { Written } from './write-messages';

export const createMessageRecords = (strapi: Strapi): MessageRecords => ({
  recordPass: (outcome) => inTransaction(strapi, (writer) => recordPass(writer, outcome)),
  quarantineCount: (inboxDocumentId) =>
    strapi.db.query(uids.quarantine).count({ where: { inboxDocumentId } }),
});

const recordPass = async (writer: Writer, outcome: PassOutcome): Promise<RecordedChange[]> => {
  const { strapi } = writer;
  const { inboxDocumentId } = outcome.fence;
  const { folderPath, cursorBefore: before, cursorAfter: after, at } = outcome;
  if (!(await passFence(writer, outcome.fence))) throw leaseLost();
  if (!(await moveCursor(strapi, { inboxDocumentId, folderPath }, { before, after }, at))) throw leaseLost();

  const written = await writeMessages(
    writer,
    outcome.logged.map(({ message }) => message),
    at
  );
  const seen = [...sightings(outcome, written), ...outcome.sighted];
  await addLocations(strapi, inboxDocumentId, seen);
  await liftQuarantine(
    strapi,
    inboxDocumentId,
    seen.map(({ location }) => location)
  );
  await quarantine(strapi, inboxDocumentId, outcome.quarantined, at);
  return changes(strapi, outcome, written);
};

const leaseLost = () =>
  new EmailConnectError(
    'LEASE_LOST',
    'Another process reads this inbox now, so nothing of this pass was written.',
    'Nothing to do: the other process goes on where the records are.'
  );

const sightings = (
  outcome: PassOutcome,
  written: readonly Written[]
): { messageDocumentId: string; location: Location }[] =>
  outcome.logged.flatMap(({ location }, i) => {
    const documentId = written[i]?.documentId;
    return documentId === undefined ? [] : [{ messageDocumentId: documentId, location }];
  });

const changes = async (
  strapi: Strapi,
  outcome: PassOutcome,
  written: readonly Written[]
): Promise<RecordedChange[]> => {
  const added = outcome.logged.flatMap(({ message }, i) => {
    const result = written[i];
    return result?.isNew ? [{ message, messageDocumentId: result.documentId }] : [];
  });
  const contacts = await loadContacts(strapi, [
    ...new Set(added.map(({ message }) => message.threadDocumentId)),
  ]);
  return added.map(({ message, messageDocumentId }) => ({
    threadDocumentId: message.threadDocumentId,
    messageDocumentId,
    direction: message.direction,
    contacts: contacts.get(message.threadDocumentId) ?? [],
  }));
};
