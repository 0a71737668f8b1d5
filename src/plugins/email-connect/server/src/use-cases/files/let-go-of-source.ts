import { toEmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';

/**
 * Deletes the bytes of a composed mail at once: it carries a Message-ID of its own, so that nobody else can have
 * saved the same bytes. A failure is told to the logger, and the sweep deletes the bytes later.
 */
export const letGoOfSource = async (
  { attachments, logger }: Pick<Ports, 'attachments' | 'logger'>,
  sourceKey: string
): Promise<void> => {
  try {
    await attachments.remove(sourceKey);
  } catch (error) {
    const { code, detail } = toEmailConnectError(error);
    logger.warn(
      `The composed bytes ${sourceKey} are used no more and could not be deleted: ${code} ${detail}`
    );
  }
};
