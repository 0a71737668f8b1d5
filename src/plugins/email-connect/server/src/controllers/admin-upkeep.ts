import type { Core } from '@strapi/strapi';
import { pauseContactRequest } from '../../../shared/contracts/contact';
import { threadStateRequest } from '../../../shared/contracts/thread';
import type { Thread } from '../../../shared/contracts/thread';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { actorOf, contactOf, documentIdOf, readerOf } from './request';

/** What people decide about logged mail: every handler first asks whether this admin user may see it. */
export const adminUpkeep = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => serviceOf(strapi, 'upkeep');

  const may = () => serviceOf(strapi, 'access');

  /** The user, once it is certain that they may see the mail. */
  const actorFor = async (
    ctx: RequestContext,
    action: string,
    subject: string,
    check: Promise<void>
  ): Promise<string> => {
    const actor = actorOf(ctx).documentId;
    await may().orOnRecord({ action, actor, subject }, check);
    return actor;
  };

  const onThread = async (
    ctx: RequestContext,
    action: string,
    change: (threadDocumentId: string, actor: string) => Promise<Thread>
  ): Promise<Thread> => {
    const documentId = documentIdOf(ctx);
    const check = may().assertMayDecideThread(readerOf(ctx), documentId);
    return change(documentId, await actorFor(ctx, action, documentId, check));
  };

  return {
    setState: answer(async (ctx) => {
      const { state } = threadStateRequest.parse(ctx.request.body);
      return onThread(ctx, `thread.${state}`, (documentId, actor) =>
        service().setState(documentId, state, actor)
      );
    }),
    unlog: answer((ctx) => onThread(ctx, 'thread.unlogged', service().unlog)),
    relog: answer((ctx) => onThread(ctx, 'thread.relogged', service().relog)),
    removeMessage: answer(async (ctx) => {
      const documentId = documentIdOf(ctx);
      const check = may().assertMayReadMessage(readerOf(ctx), documentId);
      return service().removeMessage(documentId, await actorFor(ctx, 'message.removed', documentId, check));
    }),
    pauseContact: answer(async (ctx) => {
      const { paused } = pauseContactRequest.parse(ctx.request.body);
      const contact = contactOf(ctx);
      const check = may().assertMayReadContact(ctx.state.userAbility, contact);
      const action = paused ? 'contact.paused' : 'contact.resumed';
      return service().pauseContact(contact, paused, await actorFor(ctx, action, contact.documentId, check));
    }),
  };
};
