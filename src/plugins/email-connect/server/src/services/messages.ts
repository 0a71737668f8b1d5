import type { Core } from '@strapi/strapi';
import type { SettleMessageRequest } from '../../../shared/contracts/message';
import type { MessageChangeAnswer } from '../../../shared/contracts/thread';
import {
  cancelOutgoing,
  releaseOutgoing,
  requireOutgoing,
  sendMessage,
  settleOutgoing,
} from '../use-cases/sending';
import type { MessageToSend, SentMessage } from '../use-cases/sending';
import { wiringOf } from '../wiring';
import { assertMayChange } from './actor';
import type { Actor } from './actor';

/**
 * Mail that is sent from a contact, and what people decide about it while it is on its way. The service `access`
 * checks before who may see the mail.
 */
export const messages = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;
  /** Who may send from the mail's inbox decides about it, and users who manage all inboxes. */
  const assertMayDecide = async (messageDocumentId: string, actor: Actor, action: string): Promise<void> => {
    const { inboxDocumentId } = await requireOutgoing(ports(), messageDocumentId);
    if ((await ports().access.inboxesOf(actor.documentId)).includes(inboxDocumentId)) return;
    await assertMayChange(ports(), inboxDocumentId, actor, action);
  };
  return {
    /** Rejects with INBOX_NOT_CONNECTED, or with the reason why the mail cannot go out as it is. */
    send: (message: MessageToSend): Promise<SentMessage> => sendMessage(ports(), message),
    async cancel(messageDocumentId: string, actor: Actor): Promise<MessageChangeAnswer> {
      await assertMayDecide(messageDocumentId, actor, 'message.cancelled');
      return { threadDocumentId: await cancelOutgoing(ports(), messageDocumentId, actor.documentId) };
    },
    async release(messageDocumentId: string, actor: Actor): Promise<MessageChangeAnswer> {
      return { threadDocumentId: await releaseOutgoing(ports(), messageDocumentId, actor.documentId) };
    },
    async settle(
      messageDocumentId: string,
      { answer }: SettleMessageRequest,
      actor: Actor
    ): Promise<MessageChangeAnswer> {
      await assertMayDecide(messageDocumentId, actor, 'message.settled');
      return { threadDocumentId: await settleOutgoing(ports(), messageDocumentId, answer, actor.documentId) };
    },
  };
};
