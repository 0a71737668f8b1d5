import type { Attachment } from '../../../../shared/contracts/attachment';
import { EmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';

/**
 * A person wants the file of a placeholder: it becomes due now, and is fetched as soon as an inbox that has its mail
 * is read. A stored file is left as it is. Rejects with ATTACHMENT_NOT_STORED when the file is over the limit.
 */
export const fetchFileAgain = async (
  { files, wakeups, settings }: Pick<Ports, 'files' | 'wakeups' | 'settings'>,
  { documentId, fileName, size, state }: Pick<Attachment, 'documentId' | 'fileName' | 'size' | 'state'>
): Promise<void> => {
  if (state === 'too-large' && size > settings.attachmentLimitBytes) {
    throw new EmailConnectError(
      'ATTACHMENT_NOT_STORED',
      `"${fileName}" is larger than this installation stores.`,
      'Open the mail in your mailbox to get the file, or have an administrator raise `attachmentLimitBytes`.'
    );
  }
  for (const inboxDocumentId of await files.ask(documentId)) wakeups.wake(inboxDocumentId);
};
