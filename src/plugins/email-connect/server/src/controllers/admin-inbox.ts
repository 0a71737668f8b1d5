import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { connectionTestRequest } from '../../../shared/contracts/connection-test';
import {
  chooseFoldersRequest,
  connectInboxRequest,
  editInboxRequest,
  inboxAction,
} from '../../../shared/contracts/inbox';
import { choosePolicyRequest } from '../../../shared/contracts/policy';
import { serviceOf } from '../services';
import { answer } from './answer';
import { reportFailure } from './report-failures';
import { actorOf, documentIdOf, untilGone } from './request';
import { streamTest } from './stream-test';

export const adminInbox = ({ strapi }: { strapi: Core.Strapi }) => ({
  find: answer(async (ctx) => ({ inboxes: await serviceOf(strapi, 'inboxes').list(actorOf(ctx)) })),
  findOne: answer((ctx) => serviceOf(strapi, 'inboxes').read(documentIdOf(ctx), actorOf(ctx))),
  findOutgoing: answer((ctx) => serviceOf(strapi, 'inboxes').listOutgoing(documentIdOf(ctx), actorOf(ctx))),
  connect: answer((ctx) =>
    serviceOf(strapi, 'inboxes').connect(
      connectInboxRequest.parse(ctx.request.body),
      actorOf(ctx),
      untilGone(ctx)
    )
  ),
  edit: answer((ctx) =>
    serviceOf(strapi, 'inboxes').edit(
      documentIdOf(ctx),
      editInboxRequest.parse(ctx.request.body),
      actorOf(ctx),
      untilGone(ctx)
    )
  ),
  chooseFolders: answer((ctx) =>
    serviceOf(strapi, 'inboxes').chooseFolders(
      documentIdOf(ctx),
      chooseFoldersRequest.parse(ctx.request.body),
      actorOf(ctx)
    )
  ),
  choosePolicy: answer((ctx) =>
    serviceOf(strapi, 'inboxes').choosePolicy(
      documentIdOf(ctx),
      choosePolicyRequest.parse(ctx.request.body),
      actorOf(ctx)
    )
  ),
  act: answer((ctx) =>
    serviceOf(strapi, 'inboxes').act(documentIdOf(ctx), inboxAction.parse(ctx.params.action), actorOf(ctx))
  ),
  presets: answer(async (ctx) =>
    serviceOf(strapi, 'settings').presets(
      z
        .string()
        .max(320)
        .parse(ctx.query.address ?? '')
    )
  ),
  settings: answer((ctx) => serviceOf(strapi, 'settings').read(actorOf(ctx).documentId)),

  /** Streams one JSON value a line, so that each step shows as it ends. */
  test: answer(async (ctx) => {
    const form = connectionTestRequest.parse(ctx.request.body);
    const lines = await streamTest(
      (onStep) => serviceOf(strapi, 'inboxes').test(form, actorOf(ctx), untilGone(ctx), onStep),
      actorOf(ctx),
      (failure) => reportFailure(strapi, ctx, failure)
    );
    ctx.type = 'application/x-ndjson';
    ctx.set('X-Accel-Buffering', 'no');
    return lines;
  }),
});
