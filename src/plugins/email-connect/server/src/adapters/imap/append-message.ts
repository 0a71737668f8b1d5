import type { ImapFlow } from 'imapflow';
import type { ImapUid } from '../../domain/message/message';
import type { ServerAccess } from '../../ports';
import { errorText } from '../../net/foreign-error';
import { shorten } from '../../net/shorten';
import { classifyImapError, refused, responseCodeOf } from './classify-imap-error';
import { isUid } from './expand-uids';

/**
 * APPEND with \Seen, these very bytes (S9). Resolves with the new UID where the server tells it (RFC 4315), else null.
 * Rejects with MESSAGE_TOO_LARGE, SERVER_REFUSED (no such folder, no room), SERVER_THROTTLED or CONNECTION_*.
 */
export const appendMessage = async (
  client: ImapFlow,
  access: ServerAccess,
  folderPath: string,
  source: Uint8Array,
  sentAt: Date
): Promise<ImapUid | null> => {
  try {
    const appended = await client.append(folderPath, Buffer.from(source), ['\\Seen'], sentAt);
    const uid = appended ? appended.uid : undefined;
    return uid !== undefined && isUid(uid) ? uid : null;
  } catch (error) {
    const code = responseCodeOf(error);
    // RFC 5530 3: here, and only here, it means that the mailbox is full: waiting does not help.
    if (code === 'OVERQUOTA') {
      throw refused(
        'SERVER_REFUSED',
        access,
        shorten(`[${code}] ${errorText(error, 'responseText')}`, access)
      );
    }
    // RFC 7889 3, RFC 4469 5.
    const tooLarge = ['APPENDLIMIT', 'TOOBIG'].includes(code);
    throw classifyImapError(error, access, tooLarge ? 'MESSAGE_TOO_LARGE' : 'SERVER_REFUSED');
  }
};
