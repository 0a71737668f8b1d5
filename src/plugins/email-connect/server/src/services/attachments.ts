import type { Core } from '@strapi/strapi';
import type { Attachment, AttachmentPage } from '../../../shared/contracts/attachment';
import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import type { RecordReader } from '../domain/access/sight';
import { EmailConnectError } from '../domain/errors';
import type { Bytes } from '../ports';
import { fetchFileAgain } from '../use-cases/files';
import { wiringOf } from '../wiring';

export interface AttachmentFile {
  attachment: Attachment;
  content: Bytes;
}

/** Files of logged mail. Their bytes are read only through here (S30). */
export const attachments = ({ strapi }: { strapi: Core.Strapi }) => {
  const load = async (documentId: string) => {
    const attachment = await wiringOf(strapi).ports.attachmentRecords.load(documentId);
    if (attachment) return attachment;
    throw new EmailConnectError(
      'NOT_FOUND',
      'This file is not here any more.',
      'Go back to the conversation.'
    );
  };

  const read = async (documentId: string): Promise<Attachment> => {
    const { storageKey: _, ...attachment } = await load(documentId);
    return attachment;
  };

  return {
    /** Newest first. `reader`, from the service `access`: for whom they are listed; a program where it is left out. */
    listOfContact: (contact: ContactRef, page: Page, reader?: RecordReader): Promise<AttachmentPage> =>
      wiringOf(strapi).ports.attachmentRecords.listOfContact(contact, page, reader),
    read,
    /** Rejects with NOT_FOUND, or ATTACHMENT_NOT_STORED for a placeholder. */
    async open(documentId: string): Promise<AttachmentFile> {
      const attachment = await load(documentId);
      if (attachment.storageKey === null) {
        throw new EmailConnectError(
          'ATTACHMENT_NOT_STORED',
          `"${attachment.fileName}" was not kept: ${attachment.state === 'too-large' ? 'it is over the size limit' : 'storing it failed'}.`,
          'Open the mail in your mailbox to get the file.'
        );
      }
      return { attachment, content: await wiringOf(strapi).ports.attachments.open(attachment.storageKey) };
    },
    /** Has a placeholder's file fetched as soon as its inbox is read (S49). Rejects as `fetchFileAgain`. */
    async fetchAgain(documentId: string): Promise<Attachment> {
      await fetchFileAgain(wiringOf(strapi).ports, await load(documentId));
      return read(documentId);
    },
  };
};
