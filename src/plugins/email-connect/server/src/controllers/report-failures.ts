import type { Core } from '@strapi/strapi';
import type { EmailConnectError } from '../domain/errors';
import { httpStatus } from '../domain/errors';
import type { RequestContext } from './answer';

type Handlers = Record<string, (ctx: RequestContext) => Promise<void>>;
type Controller = (context: { strapi: Core.Strapi }) => Handlers;

/** A controller whose answers of 500 and more are all logged. */
export const reportFailures =
  (controller: Controller): Controller =>
  ({ strapi }) =>
    Object.fromEntries(
      Object.entries(controller({ strapi })).map(([name, handler]) => [
        name,
        async (ctx: RequestContext) => {
          await handler(ctx);
          if (ctx.state.failure) reportFailure(strapi, ctx, ctx.state.failure);
        },
      ])
    );

/** A line in the log when the failure is an alarm: a warning when the mail server is the cause, else an error. */
export const reportFailure = (
  { log }: Core.Strapi,
  { method, path }: RequestContext,
  failure: EmailConnectError
): void => {
  const status = httpStatus[failure.code];
  if (status < 500) return;
  const line = `[email-connect] ${method} ${path}: ${status} ${failure.code}. ${reasonOf(failure)}`;
  if (status === 502 || status === 504) log.warn(line);
  else log.error(line);
};

/**
 * A database's error quotes the values of the statement, a parser's error the text it read, and both may be mail
 * (S31). Only errors of the language itself, about a mistake in our code, hold none of it.
 */
const reasonOf = (failure: EmailConnectError): string => {
  if (failure.code !== 'UNEXPECTED') return failure.message;
  const cause = failure.cause ?? failure;
  if (!(cause instanceof Error)) return typeof cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : '';
  const words = cause instanceof TypeError || cause instanceof ReferenceError ? `: ${cause.message}` : '';
  return [`${cause.name}${code}${words}`, ...framesOf(cause)].join('\n');
};

const framesOf = ({ stack = '', message }: Error): string[] =>
  stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 10);
