import type { Core } from '@strapi/strapi';
import { backfillAction, beginBackfillRequest } from '../../../shared/contracts/backfill';
import { serviceOf } from '../services';
import { answer } from './answer';
import { actorOf, documentIdOf } from './request';

export const adminBackfill = ({ strapi }: { strapi: Core.Strapi }) => ({
  findOne: answer((ctx) => serviceOf(strapi, 'backfills').read(documentIdOf(ctx), actorOf(ctx))),
  begin: answer((ctx) => {
    const { since } = beginBackfillRequest.parse(ctx.request.body);
    return serviceOf(strapi, 'backfills').begin(documentIdOf(ctx), since, actorOf(ctx));
  }),
  act: answer((ctx) =>
    serviceOf(strapi, 'backfills').act(
      documentIdOf(ctx),
      backfillAction.parse(ctx.params.action),
      actorOf(ctx)
    )
  ),
});
