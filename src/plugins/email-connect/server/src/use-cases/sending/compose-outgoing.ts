import { leastMailSize } from '../../../../shared/text/mail-size';
import type { MailParts } from '../../../../shared/text/mail-size';
import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import type { ParsedMessage } from '../../domain/message/message';
import type { Bytes, MessageToCompose, Ports, QueuedMail } from '../../ports';
import { letGoOfSource, parseAndStore } from '../files';

export interface ComposedMessage {
  /** The storage key of its bytes (Attachments). */
  sourceKey: string;
  size: number;
  /** The record is made from the very bytes that are sent: one parser for all mail, in both directions. */
  parsed: ParsedMessage;
}

/** Throws MESSAGE_TOO_LARGE, by sizes alone: nothing of the mail is opened or read. */
export const assertMayFit = (parts: MailParts, limit: number): void => {
  const size = leastMailSize(parts);
  if (size > limit) throw tooLarge(`is ${megabytes(size)}`, limit);
};

/**
 * Composes a mail into the storage, one set of bytes for SMTP and for Sent (S9), and has it recorded. If no row names
 * the bytes afterwards, they are deleted: nobody could find them. Rejects with MESSAGE_TOO_LARGE as soon as the bytes
 * pass the limit.
 */
export const composeOutgoing = async (
  ports: Pick<Ports, 'mime' | 'attachments' | 'outbox' | 'settings' | 'logger'>,
  message: MessageToCompose,
  record: (composed: ComposedMessage) => Promise<QueuedMail>
): Promise<QueuedMail> => {
  const { outgoingLimitBytes } = ports.settings;
  const source = upTo(outgoingLimitBytes, ports.mime.composeMessage(message));
  const { storageKey, size } = await ports.attachments.save(source);
  try {
    const parsed = await parseAndStore(ports, await ports.attachments.open(storageKey), outgoingLimitBytes);
    const queued = await record({ sourceKey: storageKey, size, parsed });
    if (queued.kind === 'pressed-before') await letGoOfSource(ports, storageKey);
    return queued;
  } catch (error) {
    // A COMMIT whose answer was lost may have taken effect, and one in a database that does not answer may still do
    // so: the bytes that its row names must be there when they are sent. If no row names them, the sweep deletes
    // them.
    const isSilent = toEmailConnectError(error).code === 'DATABASE_BUSY';
    const isNamed = isSilent || (await ports.outbox.usesSource(storageKey).catch(() => true));
    if (!isNamed) await letGoOfSource(ports, storageKey);
    throw error;
  }
};

async function* upTo(limit: number, source: Bytes): Bytes {
  let size = 0;
  for await (const piece of source) {
    size += piece.length;
    if (size > limit) throw tooLarge(`is more than ${megabytes(limit)}`, limit);
    yield piece;
  }
}

const tooLarge = (is: string, limit: number): EmailConnectError =>
  new EmailConnectError(
    'MESSAGE_TOO_LARGE',
    `This mail ${is} with its files, which grow by a third on their way; the limit here is ${megabytes(limit)}.`,
    'Remove a file, or share it by a link.'
  );

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
