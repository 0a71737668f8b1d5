import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { addressHash } from '../../../src/plugins/email-connect/server/src/adapters/records/people/address-hash';
import { storageKeyOf } from './rows';
import type { Rows, UserOf } from './rows';
import { rowsOfRecord } from './rows-of-records';
import { rowsOfThread } from './rows-of-threads';
import { person, builtIn } from './site';
import { filesOf } from './world';
import type { World, WorldInbox, WorldRule } from './world';

const PLANTED = [
  'plugin::email-connect.inbox',
  'plugin::email-connect.email-thread',
  person,
  builtIn,
  'plugin::email-connect.email-message',
  'plugin::email-connect.attachment',
  'email-connect::address-index',
  'email-connect::message-address',
  'email-connect::message-record',
  'email-connect::holding',
  'email-connect::stricter-level',
  'plugin::email-connect.logging-rule',
  'email-connect::rule-match',
  'email-connect::access-request',
  'email-connect::named',
  'email-connect::participant',
  'email-connect::outbox',
  'email-connect::quarantine',
];

/** What requests write besides. */
const CHANGED = ['email-connect::paused-contact', 'email-connect::tombstone', 'email-connect::request'];

/** Puts a world into the database and its files into the storage, as if all of it had been logged. */
export const plantWorld = async (strapi: Core.Strapi, world: World, userOf: UserOf): Promise<void> => {
  const rows: Rows = {};
  const add = (more: Rows) => {
    for (const [uid, some] of Object.entries(more)) rows[uid] = [...(rows[uid] ?? []), ...some];
  };
  for (const inbox of world.inboxes) add(rowsOfInbox(inbox, userOf));
  add({ 'plugin::email-connect.logging-rule': world.rules.flatMap(rowsOfRule) });
  for (const record of world.records) add(rowsOfRecord(world, record, userOf));
  for (const thread of world.threads) add(rowsOfThread(world, thread, userOf));
  for (const uid of PLANTED) {
    const data = rows[uid] ?? [];
    if (data.length > 0) await strapi.db.query(uid).createMany({ data });
  }
  for (const { content } of filesOf(world)) {
    const file = path.join(attachmentsOf(strapi), storageKeyOf(content));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
};

/** Takes all worlds out again: what a suite has planted, and what came of it. */
export const clearWorlds = async (strapi: Core.Strapi): Promise<void> => {
  for (const uid of [...PLANTED, ...CHANGED].reverse()) await strapi.db.query(uid).deleteMany({});
  rmSync(attachmentsOf(strapi), { recursive: true, force: true });
};

/** Of everything that a request that is refused must leave as it is. */
export const everythingPlanted = async (strapi: Core.Strapi): Promise<string> => {
  const hash = createHash('sha256');
  for (const uid of [...PLANTED, ...CHANGED])
    hash.update(
      JSON.stringify(await strapi.db.getConnection(tableOf(strapi, uid)).select('*').orderBy('id'))
    );
  return hash.digest('hex');
};

const tableOf = (strapi: Core.Strapi, uid: string): string => strapi.db.metadata.get(uid).tableName;

const attachmentsOf = (strapi: Core.Strapi): string =>
  strapi.config.get<string>('plugin::email-connect.attachmentsDirectory');

const server = {
  host: 'mail.crm.test',
  port: 993,
  tls: 'implicit',
  username: 'us',
  pinnedCertificate: null,
};

/** What it is about does not matter any more: it met its mail. */
const rowsOfRule = ({ id, documentId, action, inbox, state }: WorldRule) =>
  state === 'gone'
    ? []
    : [
        {
          id,
          documentId,
          publishedAt: new Date(),
          field: 'address',
          pattern: 'nobody@elsewhere.test',
          action,
          active: state === 'active',
          inboxDocumentId: inbox?.documentId ?? null,
        },
      ];

const rowsOfInbox = (inbox: WorldInbox, userOf: UserOf): Rows => {
  const [quarantined, reason] = inbox.words;
  return {
    'plugin::email-connect.inbox': [
      {
        id: inbox.id,
        documentId: inbox.documentId,
        publishedAt: new Date(),
        label: 'Inbox',
        address: inbox.address,
        addressKey: addressHash(inbox.address),
        senderName: 'Us',
        ownerDocumentId: userOf(inbox.owner).documentId,
        provider: 'custom',
        settings: {
          imap: server,
          smtp: { ...server, port: 465 },
          sentCopy: 'append',
          sentFolderPath: 'Sent',
          logAddress: '',
          trustedAuthServers: [],
        },
        // No loop reads it.
        state: 'paused',
        stateCode: '',
        stateReason: reason,
        consecutiveFailures: 0,
        policy: 'replies',
        level: inbox.level,
        version: 1,
        asked: 0,
      },
    ],
    'email-connect::named': inbox.named.map((name) => ({
      inboxDocumentId: inbox.documentId,
      kind: 'user',
      namedDocumentId: userOf(name).documentId,
    })),
    'email-connect::quarantine': [
      {
        inboxDocumentId: inbox.documentId,
        folderKey: 'inbox',
        folderPath: 'INBOX',
        uidValidity: '1',
        imapUid: 7,
        code: 'UNEXPECTED',
        detail: quarantined,
        evidence: null,
        attempts: 1,
        firstAt: 1,
        lastAt: 1,
        nextAt: 4_000_000_000_000,
      },
    ],
  };
};
