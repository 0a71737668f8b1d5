import type { Core } from '@strapi/strapi';
import { addressHash } from '../src/plugins/email-connect/server/src/adapters/records/people/address-hash';
import type { LinkedContact } from '../src/plugins/email-connect/server/src/domain/outgoing/outgoing';

/** How the mail of a contact lies in the tables. */
export interface MailShape {
  messages: number;
  threads: number;
  /** Addresses on each message, the contact's own among them. */
  recipients: number;
  /** Characters of each body. */
  bodyLength: number;
}

/** Mail that was planted: how many messages it is, with ids from `first` on. */
export interface PlantedMail {
  first: number;
  messages: number;
}

const LINE = 'Here is what we think of it, and why we ask you for a little more time.\n';
/** SQLite takes a statement of so many rows. */
const ROWS_AT_ONCE = 400;
const NEWEST = Date.UTC(2026, 2, 1);
const MINUTE_MS = 60_000;
/** One message in so many is written from the record. */
const WRITTEN_HERE = 4;
/** One message in so many has a file. */
const WITH_FILE = 5;

interface PlantedMessage {
  id: number;
  threadId: number;
  isOurs: boolean;
  hasFile: boolean;
  receivedAt: Date;
}

/** Puts a contact's mail into the tables, as if it had been logged: by SQL, with ids from `first` on. */
export const plantMail = async (
  strapi: Core.Strapi,
  contact: LinkedContact,
  address: string,
  first: number,
  { messages, threads, recipients, bodyLength }: MailShape
): Promise<PlantedMail> => {
  const { connection } = strapi.db;
  const insert = async (table: string, rows: Record<string, unknown>[]) => {
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE)
      await connection(table).insert(rows.slice(start, start + ROWS_AT_ONCE));
  };
  const mails: PlantedMessage[] = Array.from({ length: messages }, (_, number) => ({
    id: first + number,
    threadId: first + (number % threads),
    isOurs: number % WRITTEN_HERE === 0,
    hasFile: number % WITH_FILE === 0,
    receivedAt: new Date(NEWEST - (messages - number) * MINUTE_MS),
  }));
  await insert(
    'email_connect_threads',
    mails.slice(0, threads).map(({ id }, number) => ({
      id,
      document_id: `t${id}`,
      subject: `Offer ${number}`,
      state: 'open',
      message_count: Math.ceil((messages - number) / threads),
    }))
  );
  const body = LINE.repeat(bodyLength / LINE.length);
  await insert(
    'email_connect_messages',
    mails.map((mail) => messageRow(mail, address, body))
  );
  await insert('email_connect_attachments', mails.filter(({ hasFile }) => hasFile).map(fileRow));
  await insert(
    'email_connect_message_records',
    mails.filter(({ isOurs }) => isOurs).map((mail) => recordRow(mail, contact))
  );
  const others = Array.from({ length: recipients - 1 }, (_, number) => `colleague${number}.${address}`);
  for (const recipient of [address, ...others]) {
    await connection.raw(
      `insert into email_connect_message_addresses (message_id, thread_id, address_hash, role, received_at)
      select id, thread_id, '${addressHash(recipient)}', 'to', received_at from email_connect_messages
      where id >= ${first} and id < ${first + messages}`
    );
  }
  return { first, messages };
};

const messageRow = ({ id, threadId, isOurs, receivedAt }: PlantedMessage, address: string, body: string) => ({
  id,
  document_id: `m${id}`,
  subject: 'Offer',
  from_address: address,
  from_name: 'Cleo',
  text: body,
  html: body,
  direction: isOurs ? 'outgoing' : 'incoming',
  origin: isOurs ? 'crm' : 'reply',
  delivery_status: isOurs ? 'sent' : null,
  received_at: receivedAt,
  dedup_key: `planted ${id}`,
  fingerprint: `planted ${id}`,
  thread_id: threadId,
});

const fileRow = ({ id, threadId, receivedAt }: PlantedMessage) => ({
  document_id: `a${id}`,
  file_name: 'offer.pdf',
  disposition: 'attachment',
  state: 'stored',
  received_at: receivedAt,
  message_id: id,
  thread_id: threadId,
});

const recordRow = ({ id, threadId, receivedAt }: PlantedMessage, contact: LinkedContact) => ({
  message_id: id,
  thread_id: threadId,
  contact_type: contact.contactType,
  contact_document_id: contact.documentId,
  stands_in: false,
  received_at: receivedAt,
});

/** Two inboxes hold the planted mail; of one message in so many the level of the inbox tells less than all. */
const STRICT = 10;

/** Conversations of others that are private. */
const PRIVATE = 1_000;
/** Beyond the ids of all planted conversations. */
const OF_OTHERS = 10_000_000;

/**
 * Levels in force: an inbox at full, and one at facts, which `owner` (a documentId) has; and what owners chose for other
 * contacts' conversations, so that everything has to be asked about.
 */
export const plantLevels = async ({ db: { connection } }: Core.Strapi, owner: string): Promise<void> => {
  const table = 'email_connect_inboxes';
  await connection(table).insert({ ...inboxRow('open@team.example'), level: 'full' });
  const strict = { ...inboxRow('strict@team.example'), level: 'facts', owner_document_id: owner };
  await connection(table).insert(strict);
  await connection.raw(
    `insert into email_connect_holdings (message_id, thread_id, inbox_document_id, holds, decides)
    select id, thread_id, case when id % ${STRICT} = 0 then 'strict@team.example' else 'open@team.example' end, ?, ?
    from email_connect_messages`,
    [true, true]
  );
  const chosen = Array.from({ length: PRIVATE }, (_, number) => ({
    thread_id: OF_OTHERS + number,
    message_id: 0,
    inbox_document_id: 'open@team.example',
    level: 'private',
  }));
  for (let start = 0; start < PRIVATE; start += ROWS_AT_ONCE)
    await connection('email_connect_levels').insert(chosen.slice(start, start + ROWS_AT_ONCE));
};

/** Its address is its documentId. */
const inboxRow = (address: string) => ({
  document_id: address,
  address,
  address_key: addressHash(address),
  label: '',
  provider: 'custom',
  state: 'paused',
});

/**
 * What 0.1.0 kept of the planted mail: an inbox that logged it and another where a copy of each lies, people and links of
 * conversations, and nothing of where each message stands or who holds it.
 */
export const asOfFirstVersion = async (strapi: Core.Strapi): Promise<void> => {
  const { connection } = strapi.db;
  for (const [at, address] of ['uma@team.example', 'vera@team.example'].entries()) {
    const inbox = { id: at + 1, ...inboxRow(address), is_team_address: true };
    await connection('email_connect_inboxes').insert(inbox);
    await connection.raw(
      `insert into email_connect_locations
      (inbox_document_id, folder_path, folder_key, uid_validity, imap_uid, message_document_id)
      select ?, 'INBOX', 'inbox', '1', id, document_id from email_connect_messages`,
      [address]
    );
  }
  const to = JSON.stringify([{ address: 'uma@team.example', displayName: 'Uma' }]);
  await connection('email_connect_messages').update({ inbox_id: 1, to, cc: '[]', bcc: '[]' });
  await connection.raw(
    `insert into email_connect_participants (thread_document_id, address_hash, address, came_as)
    select t.document_id, a.address_hash, min(m.from_address), 'named' from email_connect_message_addresses a
    join email_connect_threads t on t.id = a.thread_id join email_connect_messages m on m.id = a.message_id
    group by t.document_id, a.address_hash`
  );
  await connection.raw(
    `insert into email_connect_contact_links (thread_document_id, contact_type, contact_document_id)
    select t.document_id, r.contact_type, r.contact_document_id from email_connect_message_records r
    join email_connect_threads t on t.id = r.thread_id group by t.document_id, r.contact_type, r.contact_document_id`
  );
  await connection.raw(
    `insert into email_connect_contacts (document_id, name)
    select distinct contact_document_id, contact_document_id from email_connect_contact_links
    where contact_document_id not in (select document_id from email_connect_contacts)`
  );
  for (const table of ['message_addresses', 'message_records', 'holdings'])
    await connection.raw(`delete from email_connect_${table}`);
};

/** The same mail once more, of another contact: with `address`, and ids from `first` on. */
export const copyMail = async (
  strapi: Core.Strapi,
  planted: PlantedMail,
  address: string,
  first: number
): Promise<void> => {
  const shift = first - planted.first;
  const copy = (table: string, key: string, same: string[], changed: Record<string, string>) =>
    strapi.db.connection.raw(
      `insert into ${table} (${[...same, ...Object.keys(changed)].join()})
      select ${[...same, ...Object.values(changed)].join()} from ${table}
      where ${key} >= ${planted.first} and ${key} < ${planted.first + planted.messages}`
    );
  const id = `id + ${shift}`;
  const moved = { message_id: `message_id + ${shift}`, thread_id: `thread_id + ${shift}` };
  await copy('email_connect_threads', 'id', ['subject', 'state', 'message_count'], {
    id,
    document_id: `concat('t', ${id})`,
  });
  await copy(
    'email_connect_messages',
    'id',
    ['subject', 'from_name', 'text', 'html', 'direction', 'origin', 'delivery_status', 'received_at'],
    {
      id,
      document_id: `concat('m', ${id})`,
      from_address: `'${address}'`,
      dedup_key: `concat('planted ', ${id})`,
      fingerprint: `concat('planted ', ${id})`,
      thread_id: moved.thread_id,
    }
  );
  await copy(
    'email_connect_attachments',
    'message_id',
    ['file_name', 'disposition', 'state', 'received_at'],
    { document_id: `concat('a', ${moved.message_id})`, ...moved }
  );
  await copy('email_connect_message_records', 'message_id', ['contact_type', 'stands_in', 'received_at'], {
    contact_document_id: `'r${first}'`,
    ...moved,
  });
  await copy('email_connect_message_addresses', 'message_id', ['role', 'received_at'], {
    address_hash: `'${addressHash(address)}'`,
    ...moved,
  });
};
