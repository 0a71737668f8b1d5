import { z } from 'zod';

/** A file of a logged mail, as it is listed. Its bytes: `<attachments>/:documentId/file`. */
export const attachment = z.object({
  documentId: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  size: z.number(),
  disposition: z.enum(['attachment', 'inline']),
  contentId: z.string(),
  /** `too-large` and `failed`: a placeholder; the mail is logged, its file is not stored. */
  state: z.enum(['stored', 'too-large', 'failed']),
  /** When the file of a placeholder is fetched again; null: not automatically (S49). */
  retryAt: z.string().nullable(),
  messageDocumentId: z.string(),
  threadDocumentId: z.string(),
  sentAt: z.string().nullable(),
  fromAddress: z.string(),
});
export type Attachment = z.infer<typeof attachment>;

export const attachmentPage = z.object({ attachments: z.array(attachment), total: z.number() });
export type AttachmentPage = z.infer<typeof attachmentPage>;
