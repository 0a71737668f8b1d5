import {
  attachment,
  attachmentPage,
  type Attachment,
  type AttachmentPage,
} from '../../../shared/contracts/attachment';
import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import { endpoint, override, query, read, type Client } from './client';

/** The files of a record's mail, the latest first. */
export const loadAttachments = (client: Client, ref: ContactRef, page: Page): Promise<AttachmentPage> =>
  read(
    client.get(endpoint('records', ref.contactType, ref.documentId, 'attachments'), query(page)),
    attachmentPage
  );

export const loadAttachmentFile = async (
  client: Client,
  documentId: string,
  overrides: boolean
): Promise<Blob> =>
  (
    await client.get(endpoint('attachments', documentId, 'file'), {
      responseType: 'blob',
      ...query(override(overrides)),
    })
  ).data;

/** Has the file of a placeholder fetched from the inbox. */
export const fetchAttachment = (client: Client, documentId: string): Promise<Attachment> =>
  read(client.post(endpoint('attachments', documentId, 'fetch')), attachment);

/** Lets the browser save a file under its own name. */
export const saveAttachment = async (
  client: Client,
  file: Pick<Attachment, 'documentId' | 'fileName'>,
  overrides: boolean
): Promise<void> => {
  const url = URL.createObjectURL(await loadAttachmentFile(client, file.documentId, overrides));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.fileName;
  link.click();
  // The browser reads the address after this turn: revoking it at once would cancel the download.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
