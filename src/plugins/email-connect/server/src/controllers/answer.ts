import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { ToldFailure } from '../../../shared/contracts/failure';
import { EmailConnectError, httpStatus, toEmailConnectError } from '../domain/errors';

/** The part of Koa's context, as Strapi fills it, that our handlers use. */
export interface RequestContext {
  method: string;
  path: string;
  params: Record<string, string>;
  query: Record<string, unknown>;
  request: { body?: unknown; files?: Record<string, unknown> };
  res: Pick<ServerResponse, 'once' | 'closed' | 'writableFinished'>;
  state: {
    /** How the caller of the content API is known: Strapi's strategy and its credentials. */
    auth?: unknown;
    user?: { documentId: string };
    userAbility?: { can(action: string): boolean };
    /** The failure with which the request was refused. */
    failure?: EmailConnectError;
  };
  status: number;
  type: string;
  body: unknown;
  set(field: string, value: string): void;
  attachment(fileName: string): void;
}

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
  const { message, ...details } = wordsOf(failure);
  ctx.state.failure = failure;
  if (failure.retryAfterMs) ctx.set('Retry-After', String(Math.ceil(failure.retryAfterMs / 1000)));
  ctx.status = status;
  ctx.body = { data: null, error: { status, name: 'EmailConnectError', message, details } };
};

/**
 * Of an unexpected failure only the fact is told: its own words may hold the data that was written, such as mail
 * (S31).
 */
export const wordsOf = ({ code, message, nextStep, detail }: EmailConnectError): ToldFailure => ({
  code,
  message,
  nextStep,
  detail: code === 'UNEXPECTED' ? '' : detail,
});

export const toFailure = (error: unknown): EmailConnectError =>
  error instanceof z.ZodError
    ? new EmailConnectError(
        'INPUT_INVALID',
        'The request is not of the form this needs.',
        'Correct what is named and try again.',
        z.prettifyError(error)
      )
    : toEmailConnectError(error);
