import type { ReadMessage } from '../../domain/message/message';
import { EmailConnectError } from '../../domain/errors';
import type { Bytes, Mime, Ports } from '../../ports';

type ParsePorts = { mime: Pick<Mime, 'parseMessage'> } & Pick<Ports, 'attachments' | 'settings' | 'logger'>;

/**
 * Parses a message and stores its files. A file that the storage does not take becomes a placeholder, of which the
 * logger is told: the message is not lost because of it (S29), and the file is fetched again (S49).
 */
export const parseAndStore = async (
  { mime, attachments, settings, logger }: ParsePorts,
  source: Bytes,
  attachmentBytes = settings.attachmentLimitBytes
): Promise<ReadMessage> => {
  const failures: EmailConnectError[] = [];
  const parsed = await mime.parseMessage(source, {
    attachmentBytes,
    textBytes: settings.textLimitBytes,
    saveAttachment: (content) =>
      attachments.save(content).catch((error: unknown) => {
        if (error instanceof EmailConnectError && error.code === 'STORAGE_FAILED') failures.push(error);
        throw error;
      }),
  });
  const [first] = failures;
  if (first) {
    const { code, detail } = first;
    logger.warn(
      `${failures.length} files of a mail could not be stored: ${code} ${detail}. They are fetched again.`
    );
  }
  return parsed;
};
