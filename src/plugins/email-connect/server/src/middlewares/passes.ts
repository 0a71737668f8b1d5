import type { Core } from '@strapi/strapi';
import { answer } from '../controllers/answer';
import type { RequestContext } from '../controllers/answer';
import { reportFailure } from '../controllers/report-failures';

/** Whether a request passes a check before its handler; else the refusal is the answer, in the log where it is an alarm. */
export const passes = async (
  strapi: Core.Strapi,
  ctx: RequestContext,
  check: () => Promise<void>
): Promise<boolean> => {
  await answer(check)(ctx);
  const { failure } = ctx.state;
  if (failure) reportFailure(strapi, ctx, failure);
  return !failure;
};
