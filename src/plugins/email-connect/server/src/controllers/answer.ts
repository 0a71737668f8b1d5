import { z } from 'zod';
import type { ToldFailure } from '../../../shared/contracts/failure';
import { EmailConnectError, httpStatus, toEmailConnectError } from '../domain/errors';
import type { ErrorCode } from '../domain/errors';
import type { Actor } from '../services/actor';
import { actorOf } from './request';
import type { RequestContext } from './request';

export type { RequestContext } from './request';

/** The one place where failures become HTTP: Strapi's error shape, with our code and next step in `details`. */
export const answer =
  (work: (ctx: RequestContext) => Promise<unknown>) =>
  async (ctx: RequestContext): Promise<void> => {
    try {
      const body = await work(ctx);
      if (body !== undefined) ctx.body = body;
    } catch (error) {
      refuse(ctx, toFailure(error));
    }
  };

const refuse = (ctx: RequestContext, failure: EmailConnectError): void => {
  const status = httpStatus[failure.code];
  const { message, ...details } = wordsOf(failure, actorOf(ctx));
  ctx.state.failure = failure;
  if (failure.retryAfterMs) ctx.set('Retry-After', String(Math.ceil(failure.retryAfterMs / 1000)));
  ctx.status = status;
  ctx.body = { data: null, error: { status, name: 'EmailConnectError', message, details } };
};

/** What a host said that is no mail server, or where it is: the answers of a port scanner (S37). */
const OF_STRANGERS: ReadonlySet<string> = new Set<ErrorCode>([
  'HOST_PRIVATE',
  'PROTOCOL_MISMATCH',
  'TLS_NOT_OFFERED',
]);

/**
 * A failure in the words that this person may read. Of an unexpected one only the fact is told: its own words may
 * hold the data that was written, such as mail (S31). What was said by something that has not shown to be a mail
 * server is for those who manage all inboxes; why a mail server refused is for whoever has to mend it.
 */
export const wordsOf = (
  { code, message, nextStep, detail }: ToldFailure,
  { managesAll }: Pick<Actor, 'managesAll'>
): ToldFailure => {
  const isHidden = code === 'UNEXPECTED' || (OF_STRANGERS.has(code) && !managesAll);
  return { code, message, nextStep, detail: isHidden ? '' : detail };
};

export const toFailure = (error: unknown): EmailConnectError =>
  error instanceof z.ZodError
    ? new EmailConnectError(
        'INPUT_INVALID',
        'The request is not of the form this needs.',
        'Correct what is named and try again.',
        z.prettifyError(error)
      )
    : toEmailConnectError(error);
