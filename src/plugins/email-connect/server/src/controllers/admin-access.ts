import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import {
  answerAccessRequest,
  chooseLevelRequest,
  chooseStricterLevelRequest,
} from '../../../shared/contracts/access';
import { serviceOf } from '../services';
import { answer } from './answer';
import { actorOf, documentIdOf, readerOf } from './request';

/** How much others are told of mail, and asking for more. */
export const adminAccess = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => serviceOf(strapi, 'levels');
  return {
    chooseForInbox: answer((ctx) =>
      service().chooseForInbox(
        documentIdOf(ctx),
        chooseLevelRequest.parse(ctx.request.body).level,
        actorOf(ctx)
      )
    ),
    chooseForThread: answer((ctx) =>
      service().chooseForThread(
        documentIdOf(ctx),
        chooseStricterLevelRequest.parse(ctx.request.body).level,
        readerOf(ctx)
      )
    ),
    chooseForMessage: answer((ctx) =>
      service().chooseForMessage(
        documentIdOf(ctx),
        chooseStricterLevelRequest.parse(ctx.request.body).level,
        readerOf(ctx)
      )
    ),
    findOfMessage: answer((ctx) => service().readMessageAccess(readerOf(ctx), documentIdOf(ctx))),
    findOne: answer((ctx) => service().readThreadAccess(readerOf(ctx), documentIdOf(ctx))),
    ask: answer((ctx) => service().ask(documentIdOf(ctx), readerOf(ctx))),
    findRequests: answer((ctx) => service().listRequests(readerOf(ctx))),
    answer: answer(async (ctx) => {
      const id = z.coerce.number().int().positive().parse(ctx.params.id);
      await service().answer(id, answerAccessRequest.parse(ctx.request.body), actorOf(ctx));
      return service().listRequests(readerOf(ctx));
    }),
  };
};
