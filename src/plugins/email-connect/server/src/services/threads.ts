import type { Core } from '@strapi/strapi';
import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import type { Thread, ThreadPage } from '../../../shared/contracts/thread';
import { requireThread } from '../use-cases/require-thread';
import { wiringOf } from '../wiring';

/** Conversations of any record that the site uses as a contact. */
export const threads = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Newest first. */
  listOfContact: (contact: ContactRef, page: Page): Promise<ThreadPage> =>
    wiringOf(strapi).ports.threads.listOfContact(contact, page),
  /** Messages oldest first. Rejects with NOT_FOUND. */
  read: (threadDocumentId: string): Promise<Thread> =>
    requireThread(wiringOf(strapi).ports, threadDocumentId),
});
