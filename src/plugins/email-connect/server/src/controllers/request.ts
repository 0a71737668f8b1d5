import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { contactRef } from '../../../shared/contracts/contact-ref';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import type { EmailConnectError } from '../domain/errors';
import type { Overrider } from '../services/on-record';
import type { MailReader } from '../services/mail-reader';
import type { Actor } from '../services/actor';

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

/** The documentId in the URL. */
export const documentIdOf = (ctx: RequestContext): string => z.string().max(64).parse(ctx.params.documentId);

export const contactOf = ({ params: { contactType, documentId } }: RequestContext): ContactRef =>
  contactRef.parse({ contactType, documentId });

/** The admin user who asks. */
export const actorOf = (ctx: Pick<RequestContext, 'state'>): Actor => ({
  documentId: ctx.state.user?.documentId ?? '',
  managesAll: ctx.state.userAbility?.can('plugin::email-connect.inboxes.manage') ?? false,
});

/** The admin user who asks to see mail. */
export const readerOf = (ctx: Pick<RequestContext, 'state'>): MailReader => ({
  ...actorOf(ctx),
  userAbility: ctx.state.userAbility,
});

/** The admin user who asks to see mail beyond what its owners show. */
export const overriderOf = (ctx: Pick<RequestContext, 'state'>): Overrider => ({
  documentId: actorOf(ctx).documentId,
  mayOverride: ctx.state.userAbility?.can('plugin::email-connect.threads.override') ?? false,
});

/** Asks to see mail whatever its level, which is on record. */
export const asksToOverride = ({ query }: RequestContext): boolean =>
  z.enum(['true', 'false']).default('false').parse(query.override) === 'true';

/** Aborts when the caller disconnects before the answer is complete. */
export const untilGone = ({ res }: RequestContext): AbortSignal => {
  const gone = new AbortController();
  const leave = () => {
    if (!res.writableFinished) gone.abort();
  };
  if (res.closed) leave();
  else res.once('close', leave);
  return gone.signal;
};
