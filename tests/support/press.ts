import { randomUUID } from 'node:crypto';
import { contactType } from './mail-as';

/** What Send sends from a contact: pressed once. */
export const press = (mail: {
  contactDocumentId: string;
  to: string;
  subject: string;
  answersDocumentId?: string | undefined;
  inboxDocumentId?: string | null;
}): FormData => {
  const { contactDocumentId, to, answersDocumentId = null, ...rest } = mail;
  const contact = { contactType, documentId: contactDocumentId };
  const draft = { to: [to], cc: [], bcc: [], text: 'Hello', html: '', ...rest };
  const data = new FormData();
  data.set('data', JSON.stringify({ key: randomUUID(), contact, answersDocumentId, ...draft }));
  return data;
};
