import type { ImapFlow } from 'imapflow';
import { bracketed, canonicalMessageId } from '../../domain/identification/message-id';
import type { MessageId } from '../../domain/identification/message-id';
import type { ImapUid } from '../../domain/message/message';
import type { FolderState } from '../../domain/sync/folder';
import type { ServerAccess } from '../../ports';
import { classifyImapError } from './classify-imap-error';
import { listUids, search } from './list-uids';
import { packUids } from '../../domain/sync/uid-set';

/** So many of the newest messages are looked through by ourselves where the search finds nothing. */
const NEWEST = 200;

/**
 * The UIDs in the open folder whose Message-ID is exactly this. SEARCH only proposes: it matches parts of the field,
 * some servers refuse it and some know nothing of new mail yet, so the newest messages are looked at when it is silent.
 */
export const findByMessageId = async (
  client: ImapFlow,
  access: ServerAccess,
  state: FolderState,
  messageId: MessageId
): Promise<ImapUid[]> => {
  // With its brackets: iCloud finds nothing without them.
  const proposed = await search(client, access, { header: { 'message-id': bracketed(messageId) } });
  const matching = await withExactId(client, access, proposed ?? [], messageId);
  if (matching.length > 0) return matching;
  const newest = await listUids(client, access, Math.max(1, state.uidNext - NEWEST), state.uidNext - 1);
  return withExactId(client, access, newest, messageId);
};

const withExactId = async (
  client: ImapFlow,
  access: ServerAccess,
  uids: readonly ImapUid[],
  messageId: MessageId
): Promise<ImapUid[]> => {
  if (uids.length === 0) return [];
  const ids = new Map<number, MessageId | null>();
  try {
    for await (const row of client.fetch(
      packUids(uids),
      { uid: true, headers: ['message-id'] },
      { uid: true }
    )) {
      if (row.headers) ids.set(row.uid, readMessageId(row.headers));
    }
  } catch (error) {
    throw classifyImapError(error, access);
  }
  return uids.filter((uid) => ids.get(uid) === messageId);
};

/** The id in a lone Message-ID field, folded or not (RFC 5322 2.2.3). */
const readMessageId = (field: Uint8Array): MessageId | null => {
  const value = Buffer.from(field)
    .toString('latin1')
    .replace(/\r?\n(?=[ \t])/g, '')
    .replace(/^message-id:/i, '');
  return canonicalMessageId(/<([^<>]*)>/.exec(value)?.[1] ?? value);
};
