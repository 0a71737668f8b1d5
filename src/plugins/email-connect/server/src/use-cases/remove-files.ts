import { toEmailConnectError } from '../domain/errors';
import type { Ports } from '../ports';

/** Lets go of bytes that no record uses any more. One that cannot be deleted is told to the logger: its record is gone. */
export const removeFiles = async (
  { attachments, logger }: Pick<Ports, 'attachments' | 'logger'>,
  storageKeys: readonly string[]
): Promise<void> => {
  for (const storageKey of storageKeys) {
    try {
      await attachments.remove(storageKey);
    } catch (error) {
      const { code, detail } = toEmailConnectError(error);
      logger.warn(`The file ${storageKey} is used no more and could not be deleted: ${code} ${detail}`);
    }
  }
};
