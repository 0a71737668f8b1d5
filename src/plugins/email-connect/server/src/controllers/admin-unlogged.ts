import type { Core } from '@strapi/strapi';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { explainRequest } from '../../../shared/contracts/explanation';
import { logByHandRequest } from '../../../shared/contracts/log-by-hand';
import { dryRunRequest } from '../../../shared/contracts/policy';
import { retryQuarantineRequest } from '../../../shared/contracts/quarantine';
import { searchRequest } from '../../../shared/contracts/search';
import { suggestionAccepted, suggestionChoice } from '../../../shared/contracts/suggestion';
import { serviceOf } from '../services';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { actorOf, documentIdOf, readerOf, untilGone } from './request';

/** Mail of an inbox that is not logged. */
export const adminUnlogged = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => serviceOf(strapi, 'unlogged');
  /** Otherwise a user could show mail to everybody who may read a contact that they themselves may not read. */
  const assertMayChoose = async (ctx: RequestContext, contact: ContactRef | null): Promise<void> => {
    if (contact !== null)
      await serviceOf(strapi, 'access').assertMayReadContact(readerOf(ctx).userAbility, contact);
  };
  return {
    findQuarantined: answer((ctx) => service().listQuarantined(documentIdOf(ctx), actorOf(ctx))),
    retryQuarantined: answer((ctx) => {
      const { location } = retryQuarantineRequest.parse(ctx.request.body);
      return service().retryQuarantined(documentIdOf(ctx), location, actorOf(ctx));
    }),
    findSuggested: answer((ctx) => service().listSuggested(documentIdOf(ctx), actorOf(ctx), untilGone(ctx))),
    acceptSuggested: answer(async (ctx) => {
      const accepted = suggestionAccepted.parse(ctx.request.body);
      await assertMayChoose(ctx, accepted.contact);
      return service().acceptSuggested(documentIdOf(ctx), accepted, actorOf(ctx));
    }),
    dismissSuggested: answer(async (ctx) => {
      const { location } = suggestionChoice.parse(ctx.request.body);
      await service().dismissSuggested(documentIdOf(ctx), location, actorOf(ctx));
      return {};
    }),
    search: answer((ctx) =>
      service().search(documentIdOf(ctx), searchRequest.parse(ctx.request.body), actorOf(ctx), untilGone(ctx))
    ),
    explain: answer((ctx) =>
      service().explain(
        documentIdOf(ctx),
        explainRequest.parse(ctx.request.body),
        readerOf(ctx),
        untilGone(ctx)
      )
    ),
    log: answer(async (ctx) => {
      const message = logByHandRequest.parse(ctx.request.body);
      // Otherwise a user could write into a conversation that they may not see.
      if (message.threadDocumentId !== null) {
        await serviceOf(strapi, 'access').readThread(readerOf(ctx), message.threadDocumentId);
      }
      await assertMayChoose(ctx, message.contact);
      return service().log(documentIdOf(ctx), message, actorOf(ctx));
    }),
    dryRun: answer((ctx) =>
      service().dryRun(documentIdOf(ctx), dryRunRequest.parse(ctx.request.body), actorOf(ctx), untilGone(ctx))
    ),
  };
};
