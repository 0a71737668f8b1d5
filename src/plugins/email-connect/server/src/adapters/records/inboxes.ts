import { normalizeAddress } from '../../domain/address/address';
import type { Inbox } from '../../domain/inbox/inbox';
import type { InboxRecords, InboxSecrets } from '../../ports';
import { findRow, findRows, insertRows, inTransaction, updateRows } from './database';
import type { Strapi } from './database';
import { newDocumentId } from './document-id';
import { readInboxState, readPolicy, toStored } from './enumerations';
import { insertFolders } from './folder-rows';
import { shortHash } from './hashes';
import { uids } from './names';
import type { InboxRow } from './rows';
import { deleteSecrets, loadSecrets, saveSecrets } from './secrets-table';
import { storable, storableJson } from './storable';

export const createInboxRecords = (strapi: Strapi): InboxRecords => {
  const load = async (documentId: string): Promise<Inbox | null> =>
    toInbox(await findInbox(strapi, { documentId }));
  return {
    load,
    list: async () => {
      const rows = await findRows<InboxRow>(strapi, uids.inbox, { orderBy: { id: 'asc' } });
      return rows.flatMap((row) => toInbox(row) ?? []);
    },
    findByOwner: async (ownerDocumentId) =>
      toInbox(await findInbox(strapi, { ownerDocumentId, state: { $ne: 'disconnected' } })),
    findByAddress: async (address) => toInbox(await findInbox(strapi, { addressKey: addressKey(address) })),

    create: (inbox, seal, folders) =>
      inTransaction(strapi, async () => {
        const documentId = newDocumentId();
        await insertRows(strapi, uids.inbox, [
          { ...toRow(inbox), settings: settingsOf(inbox), documentId, publishedAt: new Date() },
        ]);
        await saveSecrets(strapi, documentId, seal(documentId));
        await insertFolders(strapi, documentId, folders);
        return { ...inbox, documentId };
      }),

    update: (documentId, change, unless = []) =>
      inTransaction(strapi, async () => {
        const stored = await load(documentId);
        if (!stored) return;
        const changesSettings = SETTINGS.some((key) => change[key] !== undefined);
        const settings = changesSettings ? { settings: settingsOf({ ...stored, ...change }) } : {};
        const row =
          unless.length === 0 ? { documentId } : { documentId, state: { $notIn: unless.map(toStored) } };
        await updateRows(strapi, uids.inbox, row, {
          ...toRow(change),
          ...settings,
          updatedAt: new Date(),
        });
      }),

    saveSecrets: (documentId, secrets: Partial<InboxSecrets>) =>
      inTransaction(strapi, () => saveSecrets(strapi, documentId, secrets)),
    loadSecrets: (documentId) => loadSecrets(strapi, documentId),
    deleteSecrets: (documentId) => deleteSecrets(strapi, documentId),
  };
};

const findInbox = (strapi: Strapi, where: object) =>
  findRow<InboxRow>(strapi, uids.inbox, { where, orderBy: { id: 'asc' } });

const addressKey = (address: string): string => shortHash(normalizeAddress(address));

const SETTINGS = ['imap', 'smtp', 'sentCopy', 'sentFolderPath', 'logAddress', 'trustedAuthServers'] as const;

const settingsOf = (inbox: Pick<Inbox, (typeof SETTINGS)[number]>) =>
  storableJson(Object.fromEntries(SETTINGS.map((key) => [key, inbox[key]])));

/** The columns of a change; what it does not name stays as it is. */
const toRow = (change: Partial<Omit<Inbox, 'documentId'>>): Record<string, unknown> => {
  const {
    address,
    state,
    policy,
    consent,
    lastGap,
    label,
    senderName,
    stateReason,
    imap: _,
    smtp: __,
    sentCopy: ___,
    sentFolderPath: ____,
    logAddress: _____,
    trustedAuthServers: ______,
    ...rest
  } = change;
  return {
    ...rest,
    ...(label === undefined ? {} : { label: storable(label) }),
    ...(senderName === undefined ? {} : { senderName: storable(senderName) }),
    ...(stateReason === undefined ? {} : { stateReason: storable(stateReason) }),
    ...(address === undefined ? {} : { address, addressKey: addressKey(address) }),
    ...(state === undefined ? {} : { state: toStored(state) }),
    ...(policy === undefined ? {} : { policy: toStored(policy) }),
    ...(consent === undefined ? {} : { consent }),
    ...(lastGap === undefined ? {} : { lastGap }),
  };
};

const toInbox = (row: InboxRow | null): Inbox | null =>
  row && {
    documentId: row.documentId,
    label: row.label,
    address: row.address,
    senderName: row.senderName,
    ownerDocumentId: row.ownerDocumentId,
    provider: row.provider,
    imap: row.settings.imap,
    smtp: row.settings.smtp,
    sentCopy: row.settings.sentCopy,
    sentFolderPath: row.settings.sentFolderPath,
    state: readInboxState(row.state),
    stateCode: row.stateCode,
    stateReason: row.stateReason,
    consecutiveFailures: row.consecutiveFailures,
    consent: row.consent,
    connectedAt: row.connectedAt,
    lastPassAt: row.lastPassAt,
    nextPassAt: row.nextPassAt,
    policy: readPolicy(row.policy ?? 'replies'),
    logAddress: row.settings.logAddress ?? '',
    trustedAuthServers: row.settings.trustedAuthServers ?? [],
    lastGap: row.lastGap,
  };
