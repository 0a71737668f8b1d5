import type { Core } from '@strapi/strapi';
import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import type { Thread, ThreadPage } from '../../../shared/contracts/thread';
import { EmailConnectError } from '../domain/errors';
import { wiringOf } from '../wiring';

/** Conversations of any record that the site uses as a contact. */
export const threads = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Newest first. */
  listOfContact: (contact: ContactRef, page: Page): Promise<ThreadPage> =>
    wiringOf(strapi).ports.threads.listOfContact(contact, page),
  /** Messages oldest first. Rejects with NOT_FOUND. */
  async read(threadDocumentId: string): Promise<Thread> {
    const thread = await wiringOf(strapi).ports.threads.read(threadDocumentId);
    if (thread) return thread;
    throw new EmailConnectError(
      'NOT_FOUND',
      'This conversation is not here any more.',
      'Go back to the contact.'
    );
  },
});
