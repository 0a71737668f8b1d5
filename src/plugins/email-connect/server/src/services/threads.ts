import type { Core } from '@strapi/strapi';
import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import type { Message, MessagePage, MessagePageRequest } from '../../../shared/contracts/message';
import type { LinkedThread, Thread, ThreadPage } from '../../../shared/contracts/thread';
import type { RecordReader, Sight } from '../domain/access/sight';
import { requireMessage, requireThread } from '../use-cases/upkeep';
import { wiringOf } from '../wiring';
import type { MailReader } from './mail-reader';
import { openThread } from './open-thread';

/** Conversations of any record that the site uses as a contact. */
export const threads = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;
  return {
    /** Newest first. `reader`, from the service `access`: for whom it is listed; a program where it is left out. */
    listOfContact: (contact: ContactRef, page: Page, reader?: RecordReader): Promise<ThreadPage> =>
      ports().threads.listOfContact(contact, page, reader),
    /** As an admin user sees it. Rejects with NOT_FOUND. */
    open: (threadDocumentId: string, reader: MailReader): Promise<LinkedThread> =>
      openThread(strapi, reader, threadDocumentId),
    /** Without its messages. Rejects with NOT_FOUND. */
    read: (threadDocumentId: string): Promise<Thread> => requireThread(ports(), threadDocumentId),
    /**
     * The newest messages, or those before the place that an earlier answer named, oldest first and without bodies.
     * `sight`, from the service `access`: those that a user sees; all of them where it is left out.
     */
    readMessages: (
      threadDocumentId: string,
      request: MessagePageRequest,
      sight?: Sight
    ): Promise<MessagePage> => ports().threads.page(threadDocumentId, request, sight),
    /** One message with its body. Rejects with NOT_FOUND. */
    readMessage: (messageDocumentId: string, sight?: Sight): Promise<Message> =>
      requireMessage(ports(), messageDocumentId, sight),
  };
};
