import type { DownloadNotFound, DownloadObject, ImapFlow } from 'imapflow';
import { EmailConnectError } from '../../domain/errors';
import type { ImapUid } from '../../domain/message/message';
import type { Bytes, ServerAccess } from '../../ports';
import { classifyImapError, isAboutOneMessage } from './classify-imap-error';
import { stillExisting } from './list-uids';

/** Every piece costs a round trip: 10 MiB over a 40 ms line take 0.5 s with this size, 6.8 s with imapflow's 64 KiB. */
const PIECE_BYTES = 1024 * 1024;

/**
 * The whole message as a stream, by BODY.PEEK[]; null when it is gone. Nothing else may be asked of the connection
 * until the stream ends or is abandoned. It rejects with MESSAGE_UNREADABLE when the server does not hand the message
 * out or cuts it short, so that half a message is never taken for a whole one.
 */
export const fetchMessage = async (
  client: ImapFlow,
  access: ServerAccess,
  imapUid: ImapUid
): Promise<Bytes | null> => {
  const download = await start(client, access, imapUid);
  if (download.content) return complete(client, access, imapUid, download);
  const [existing] = await stillExisting(client, access, [imapUid]);
  if (existing === undefined) return null;
  throw unreadable(access, 'The server answered without the message.');
};

const start = async (
  client: ImapFlow,
  access: ServerAccess,
  imapUid: ImapUid
): Promise<DownloadObject | DownloadNotFound> => {
  try {
    return await client.download(String(imapUid), undefined, { uid: true, chunkSize: PIECE_BYTES });
  } catch (error) {
    throw classifyFetchError(error, access);
  }
};

async function* complete(
  client: ImapFlow,
  access: ServerAccess,
  imapUid: ImapUid,
  { content, meta }: DownloadObject
): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    for await (const piece of content) {
      const bytes: Uint8Array = piece;
      received += bytes.length;
      yield bytes;
    }
    if (received < (meta.expectedSize ?? 0) && (await hasMore(client, imapUid, received))) {
      throw unreadable(access, `Only ${received} of ${meta.expectedSize} bytes came.`);
    }
  } catch (error) {
    throw classifyFetchError(error, access);
  } finally {
    content.destroy();
  }
}

/**
 * RFC822.SIZE cannot be trusted (Exchange announces the size of another rendering), so a short message is checked by
 * asking for the byte after its end. More than one byte in the answer: a server that ignores ranges (Exmail) sent the
 * whole message again.
 */
const hasMore = async (client: ImapFlow, imapUid: ImapUid, received: number): Promise<boolean> => {
  const row = await client.fetchOne(
    String(imapUid),
    { uid: true, source: { start: received, maxLength: 1 } },
    { uid: true }
  );
  return row !== false && row?.source?.length === 1;
};

export const classifyFetchError = (error: unknown, access: ServerAccess): EmailConnectError => {
  const failure = classifyImapError(error, access, 'MESSAGE_UNREADABLE');
  return failure.code === 'SERVER_THROTTLED' && isAboutOneMessage(failure)
    ? unreadable(access, failure.detail)
    : failure;
};

const unreadable = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  new EmailConnectError(
    'MESSAGE_UNREADABLE',
    `${host} lists this message but does not hand it out whole.`,
    'It is tried again by itself. Open it in your mail program; if it cannot be read there either, ask who runs the mail server.',
    detail
  );
