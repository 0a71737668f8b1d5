import type { Core } from '@strapi/strapi';
import type { Contact } from '../../../shared/contracts/contact';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import type { MessageChangeAnswer, Thread } from '../../../shared/contracts/thread';
import {
  pauseContact,
  relogThread,
  removeMessage,
  requireThread,
  setThreadState,
  unlogThread,
} from '../use-cases/upkeep';
import { wiringOf } from '../wiring';
import { contacts } from './contacts';

/**
 * What people decide about logged mail. `actor`: documentId of the admin user. The service `access` checks before who
 * may see the mail.
 */
export const upkeep = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;

  return {
    async setState(threadDocumentId: string, state: 'open' | 'muted', actor: string): Promise<Thread> {
      await setThreadState(ports(), threadDocumentId, state, actor);
      return requireThread(ports(), threadDocumentId);
    },
    async unlog(threadDocumentId: string, actor: string): Promise<Thread> {
      await unlogThread(ports(), threadDocumentId, actor);
      return requireThread(ports(), threadDocumentId);
    },
    async relog(threadDocumentId: string, actor: string): Promise<Thread> {
      await relogThread(ports(), threadDocumentId, actor);
      return requireThread(ports(), threadDocumentId);
    },
    async removeMessage(messageDocumentId: string, actor: string): Promise<MessageChangeAnswer> {
      return { threadDocumentId: await removeMessage(ports(), messageDocumentId, actor) };
    },
    async pauseContact(contact: ContactRef, paused: boolean, actor: string): Promise<Contact> {
      await pauseContact(ports(), contact, paused, actor);
      return contacts({ strapi }).read(contact);
    },
  };
};
