import type { ImapFlow } from 'imapflow';
import type { ImapUid } from '../../domain/message/message';
import type { FolderState } from '../../domain/sync/folder';
import type { OpenFolder, ServerAccess } from '../../ports';
import { fetchMessage } from './fetch-message';
import { listUids, listUidsSince } from './list-uids';
import { scanHeaders } from './scan-headers';
import type { Release } from './turns';

/** What may be done in a folder that is open and stays so until `release`. */
export const openFolder = (
  client: ImapFlow,
  access: ServerAccess,
  state: FolderState,
  release: Release
): OpenFolder => ({
  state,
  listUids: (from, to) => listUids(client, access, from, to),
  listUidsSince: (since) => listUidsSince(client, access, since),
  scanHeaders: (uids) => scanHeaders(client, access, uids),
  fetchMessage: (imapUid: ImapUid) => fetchMessage(client, access, imapUid),
  release,
});
