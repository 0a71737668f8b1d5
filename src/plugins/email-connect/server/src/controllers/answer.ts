import { z } from 'zod';
import type { Failure } from '../../../shared/contracts/failure';
import type { ErrorCode } from '../domain/errors';
import { EmailConnectError } from '../domain/errors';

/** What our handlers use of Koa's context as Strapi fills it. */
export interface RequestContext {
  params: Record<string, string>;
  query: Record<string, unknown>;
  request: { body?: unknown; files?: Record<string, unknown> };
  state: { user?: { documentId: string }; userAbility?: { can(action: string): boolean } };
  status: number;
  type: string;
  body: unknown;
  set(field: string, value: string): void;
  attachment(fileName: string): void;
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  ATTACHMENT_NOT_STORED: 404,
  NOT_ALLOWED: 403,
  INBOX_NOT_CONNECTED: 409,
  INBOX_ALREADY_CONNECTED: 409,
  THREAD_UNLOGGED: 409,
  REQUEST_PENDING: 409,
  BACKFILL_RUNNING: 409,
  MESSAGE_UNDER_WAY: 409,
  SEND_KEY_USED: 409,
  INBOX_CHANGED: 409,
  MESSAGE_TOO_LARGE: 413,
  KEY_MISSING: 503,
  KEY_WRONG: 503,
};

/** The one place where failures become HTTP: Strapi's error shape, with our code and next step in `details`. */
export const answer =
  (work: (ctx: RequestContext) => Promise<unknown>) =>
  async (ctx: RequestContext): Promise<void> => {
    try {
      const body = await work(ctx);
      if (body !== undefined) ctx.body = body;
    } catch (error) {
      const failure = toFailure(error);
      if (!failure) throw error;
      const status = STATUS[failure.code] ?? 400;
      const { code, nextStep, detail } = failure;
      const details: Failure = { code, nextStep, detail };
      ctx.status = status;
      ctx.body = {
        data: null,
        error: { status, name: 'EmailConnectError', message: failure.message, details },
      };
    }
  };

/** null for what we did not foresee: Strapi logs it and answers 500. */
const toFailure = (error: unknown): EmailConnectError | null => {
  if (error instanceof EmailConnectError) return error.code === 'UNEXPECTED' ? null : error;
  if (!(error instanceof z.ZodError)) return null;
  return new EmailConnectError(
    'INPUT_INVALID',
    'The request is not of the form this needs.',
    'Correct what is named and try again.',
    z.prettifyError(error)
  );
};
