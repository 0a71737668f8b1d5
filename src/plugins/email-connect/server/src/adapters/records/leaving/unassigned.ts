import type { Page } from '../../../../../shared/contracts/contact-ref';
import type { ThreadPage } from '../../../../../shared/contracts/thread';
import type { Team } from '../../../domain/logging/verdict';
import type { UnassignedReader } from '../../../ports';
import type { Strapi } from '../base/strapi';
import { tables } from '../base/names';
import { loadTeam } from '../people/load-team';
import { levelsInForce } from '../reading/deciders';
import { pageOfThreads } from '../reading/page-of-threads';
import { summarise } from '../reading/thread-summaries';
import { toldAt } from '../reading/visible-messages';
import type { Selection } from '../reading/visible-messages';

/** `LeavingRecords.unassigned` */
export const unassigned = async (
  strapi: Strapi,
  page: Page,
  reader: UnassignedReader
): Promise<ThreadPage> => {
  const [selection, inForce] = await Promise.all([onNoRecord(strapi, reader), levelsInForce(strapi)]);
  // Facts of all of it: also of what is private, to be able to erase it.
  const told = { ...toldAt(strapi, selection, inForce, reader), facts: selection };
  const { newest, total } = await pageOfThreads(strapi, selection, page);
  const [threads, count] = await Promise.all([summarise(strapi, told, newest), total()]);
  return { threads, total: count };
};

/** The messages for which `domain/access/sight` answers that they are unassigned, by the database. */
const onNoRecord = async (
  strapi: Strapi,
  { managesAll, inboxDocumentIds }: UnassignedReader
): Promise<Selection> => {
  const team = await loadTeam(strapi);
  const table = (name: string) => strapi.db.getConnection(name);
  const own = () =>
    table(`${tables.holding} as own`)
      .whereRaw('own.message_id = message.id')
      .where('own.holds', true)
      .whereIn('own.inbox_document_id', inboxDocumentIds);
  const chosen = () =>
    table(`${tables.messageRecord} as chosen`).whereRaw('chosen.message_id = message.id').select('chosen.id');
  return ({ threadIds, messageIds, since } = {}) => {
    const messages = table(`${tables.message} as message`)
      .whereNotExists(carried(strapi, team))
      .whereNotExists(chosen());
    if (threadIds) messages.whereIn('message.thread_id', [...threadIds]);
    if (messageIds) messages.whereIn('message.id', [...messageIds]);
    if (since !== undefined) messages.where('message.received_at', '>=', since);
    if (!managesAll) messages.whereExists(own().select('own.id'));
    return messages.select({
      message_id: 'message.id',
      thread_id: 'message.thread_id',
      received_at: 'message.received_at',
    });
  };
};

/** That a record carries an address of `message`, and that it counts there; the team's own counts nowhere. */
const carried = (strapi: Strapi, { addresses, domains }: Team) => {
  const carriers = strapi.db
    .getConnection(`${tables.messageAddress} as named`)
    .join(`${tables.addressIndex} as carrier`, 'carrier.address_hash', 'named.address_hash')
    .whereRaw('named.message_id = message.id')
    .where('carrier.counts', true)
    .whereNotIn('carrier.address', [...addresses])
    .select('named.id');
  for (const domain of domains)
    carriers.whereRaw("carrier.address not like ? escape '!'", [`%@${domain.replace(/[%_!]/g, '!$&')}`]);
  return carriers;
};
