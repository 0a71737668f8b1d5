import type { ImapFlow } from 'imapflow';
import type { FolderState } from '../../domain/sync/folder';
import type { OpenFolder, ServerAccess } from '../../ports';
import { fetchMessage } from './fetch-message';
import { fetchReturned } from './fetch-returned';
import { fetchTraces } from './fetch-traces';
import { listUids, listUidsSince } from './list-uids';
import type { ImapLimits } from './options';
import { scanHeaders } from './scan-headers';
import { searchHeaders } from './search-headers';
import type { Release } from './turns';

/** The operations on an open folder, which stays open until `release`. */
export const openFolder = (
  client: ImapFlow,
  access: ServerAccess,
  limits: ImapLimits,
  state: FolderState,
  release: Release
): OpenFolder => ({
  state,
  listUids: (from, to) => listUids(client, access, from, to, state.exists),
  listUidsSince: (since) => listUidsSince(client, access, since, state),
  scanHeaders: (uids) => scanHeaders(client, access, limits, uids),
  fetchMessage: (imapUid) => fetchMessage(client, access, imapUid),
  fetchReturned: (imapUid, notice) => fetchReturned(client, access, imapUid, notice),
  fetchTraces: (uids) => fetchTraces(client, access, uids),
  search: (search, limit) => searchHeaders(client, access, state, search, limit),
  release,
});
