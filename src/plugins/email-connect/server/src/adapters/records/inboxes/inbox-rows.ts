import { normalizeAddress } from '../../../domain/address/address';
import type { Inbox, TrustedAuthServers } from '../../../domain/inbox/inbox';
import type { InboxChange } from '../../../ports';
import { toStored } from '../../../domain/stored-word';
import { readInboxState, readLevel, readPolicy } from '../base/enumerations';
import { shortHash } from '../base/hashes';
import type { InboxRow } from '../base/rows';
import { storable, storableJson } from '../base/storable';

/**
 * The key by which inboxes are found; it is unique, so that one mailbox cannot have two inboxes. A disconnected inbox
 * has none.
 */
export const addressKey = (address: string): string => shortHash(normalizeAddress(address));

const SETTINGS = ['imap', 'smtp', 'sentCopy', 'sentFolderPath', 'logAddress', 'trustedAuthServers'] as const;

export const settingsOf = (inbox: Pick<Inbox, (typeof SETTINGS)[number]>) =>
  storableJson({
    ...Object.fromEntries(SETTINGS.map((key) => [key, inbox[key]])),
    trustedAuthServers: toServerList(inbox.trustedAuthServers),
  });

/** A name that no server has: an earlier version, which knows lists only, believes nobody by it as well. */
const NOBODY = '';

const toServerList = (trusted: TrustedAuthServers): string[] => {
  if (trusted === 'known') return [];
  return trusted === 'nobody' ? [NOBODY] : trusted;
};

const readServerList = (servers: readonly string[]): TrustedAuthServers => {
  if (servers.length === 0) return 'known';
  return servers.includes(NOBODY) ? 'nobody' : [...servers];
};

/** The columns of a change; columns that it does not name stay as they are. */
export const toRow = (change: InboxChange): Record<string, unknown> => {
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
    ...(address === undefined ? {} : { address }),
    ...(state === undefined ? {} : { state: toStored(state) }),
    ...(policy === undefined ? {} : { policy: toStored(policy) }),
    ...(consent === undefined ? {} : { consent }),
    ...(lastGap === undefined ? {} : { lastGap }),
  };
};

export const toInbox = (row: InboxRow | null): Inbox | null =>
  row && {
    documentId: row.documentId,
    version: row.version ?? 0,
    label: row.label,
    address: row.address,
    senderName: row.senderName,
    isTeamAddress: row.isTeamAddress !== false,
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
    level: readLevel(row.level),
    logAddress: row.settings.logAddress ?? '',
    trustedAuthServers: readServerList(row.settings.trustedAuthServers ?? []),
    lastGap: row.lastGap,
  };
