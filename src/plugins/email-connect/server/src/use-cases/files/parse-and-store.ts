import type { ParsedMessage } from '../../domain/message/message';
import { EmailConnectError } from '../../domain/errors';
import type { Bytes, Mime, Ports } from '../../ports';

type ParsePorts = { mime: Pick<Mime, 'parseMessage'> } & Pick<Ports, 'attachments' | 'settings' | 'logger'>;

/**
 * Parses a message, its files into the storage. Those that the storage does not take are placeholders, which the logger is
 * told of: the message is not lost for them (S29), and they are fetched again (S49).
 */
export const parseAndStore = async (
  { mime, attachments, settings, logger }: ParsePorts,
  source: Bytes,
  attachmentBytes = settings.attachmentLimitBytes
): Promise<ParsedMessage> => {
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
