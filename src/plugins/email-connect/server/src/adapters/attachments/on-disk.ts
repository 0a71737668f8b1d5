import { EmailConnectError } from '../../domain/errors';
import { errorText } from '../../net/foreign-error';

/** Errors of the disk become STORAGE_FAILED. */
export const onDisk = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw storageFailed(error);
  }
};

const NEXT_STEPS: Record<string, string> = {
  ENOSPC: 'Free some space on the disk of the attachments directory, then try again.',
  EDQUOT: 'Raise the quota of the user that runs Strapi, or free some space, then try again.',
  EACCES: 'Give the user that runs Strapi the right to write to the attachments directory, then try again.',
  EPERM: 'Give the user that runs Strapi the right to write to the attachments directory, then try again.',
  EROFS: 'Set `attachmentsDirectory` to a folder on a disk that can be written to.',
};

export const storageFailed = (error: unknown): EmailConnectError => {
  const code = errorText(error, 'code');
  return new EmailConnectError(
    'STORAGE_FAILED',
    'The attachment storage did not take or give a file.',
    NEXT_STEPS[code] ?? 'Check the disk and the rights of the attachments directory, then try again.',
    code,
    { cause: error }
  );
};
