import type { Core } from '@strapi/strapi';
import type { EmailConnectError } from '../domain/errors';
import { httpStatus } from '../domain/errors';
import type { RequestContext } from './answer';

type Handlers = Record<string, (ctx: RequestContext) => Promise<void>>;
type Controller = (context: { strapi: Core.Strapi }) => Handlers;

/** A controller whose every answer of 500 and more stands in the log. */
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

/** A line in the log when the failure is an alarm: a warning when the mail server is to blame, else an error. */
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
 * An error of the database quotes the values it was to write, one of a parser the text it read: mail, that is (S31).
 * Only what the language itself says of a slip of ours holds none of it.
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
