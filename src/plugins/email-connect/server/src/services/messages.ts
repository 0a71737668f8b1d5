import type { Core } from '@strapi/strapi';
import { sendMessage } from '../use-cases/send-message';
import type { MessageToSend, SentMessage } from '../use-cases/send-message';
import { wiringOf } from '../wiring';

/** Mail that is sent from a contact. */
export const messages = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Rejects with INBOX_NOT_CONNECTED, or with why the mail cannot go out as it is. */
  send: (message: MessageToSend): Promise<SentMessage> => sendMessage(wiringOf(strapi).ports, message),
});
