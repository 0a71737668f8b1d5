import type { Core } from '@strapi/strapi';
import { handOverRequest, judgeAddressRequest, nameOthersRequest } from '../../../shared/contracts/ownership';
import { serviceOf } from '../services';
import { answer } from './answer';
import { actorOf, documentIdOf } from './request';

export const adminOwnership = ({ strapi }: { strapi: Core.Strapi }) => ({
  findOne: answer((ctx) => serviceOf(strapi, 'ownership').read(documentIdOf(ctx), actorOf(ctx))),
  nameOthers: answer((ctx) =>
    serviceOf(strapi, 'ownership').nameOthers(
      documentIdOf(ctx),
      nameOthersRequest.parse(ctx.request.body),
      actorOf(ctx)
    )
  ),
  judgeAddress: answer((ctx) =>
    serviceOf(strapi, 'ownership').judgeAddress(
      documentIdOf(ctx),
      judgeAddressRequest.parse(ctx.request.body),
      actorOf(ctx)
    )
  ),
  handOver: answer(async (ctx) => {
    const { ownerDocumentId } = handOverRequest.parse(ctx.request.body);
    await serviceOf(strapi, 'ownership').handOver(documentIdOf(ctx), ownerDocumentId, actorOf(ctx));
    return { handedOver: true };
  }),
});
