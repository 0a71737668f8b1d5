import type { Core } from '@strapi/strapi';
import { explainRequest } from '../../../shared/contracts/explanation';
import { logByHandRequest } from '../../../shared/contracts/log-by-hand';
import { dryRunRequest } from '../../../shared/contracts/policy';
import { retryQuarantineRequest } from '../../../shared/contracts/quarantine';
import { searchRequest } from '../../../shared/contracts/search';
import { suggestionChoice } from '../../../shared/contracts/suggestion';
import { serviceOf } from '../services';
import { answer } from './answer';
import { actorOf, documentIdOf, untilGone } from './request';

/** Mail of an inbox that is not logged. */
export const adminUnlogged = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => serviceOf(strapi, 'unlogged');
  return {
    findQuarantined: answer((ctx) => service().listQuarantined(documentIdOf(ctx), actorOf(ctx))),
    retryQuarantined: answer((ctx) => {
      const { location } = retryQuarantineRequest.parse(ctx.request.body);
      return service().retryQuarantined(documentIdOf(ctx), location, actorOf(ctx));
    }),
    findSuggested: answer((ctx) => service().listSuggested(documentIdOf(ctx), actorOf(ctx), untilGone(ctx))),
    acceptSuggested: answer((ctx) => {
      const { location } = suggestionChoice.parse(ctx.request.body);
      return service().acceptSuggested(documentIdOf(ctx), location, actorOf(ctx));
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
        { actor: actorOf(ctx), userAbility: ctx.state.userAbility },
        untilGone(ctx)
      )
    ),
    log: answer(async (ctx) => {
      const message = logByHandRequest.parse(ctx.request.body);
      const { userAbility } = ctx.state;
      const access = serviceOf(strapi, 'access');
      // Otherwise a user could write into a conversation, or onto a contact, that they may not see.
      if (message.threadDocumentId !== null)
        await access.assertMayReadThread(userAbility, message.threadDocumentId);
      if (message.contact !== null) await access.assertMayReadContact(userAbility, message.contact);
      return service().log(documentIdOf(ctx), message, actorOf(ctx));
    }),
    dryRun: answer((ctx) =>
      service().dryRun(documentIdOf(ctx), dryRunRequest.parse(ctx.request.body), actorOf(ctx), untilGone(ctx))
    ),
  };
};
