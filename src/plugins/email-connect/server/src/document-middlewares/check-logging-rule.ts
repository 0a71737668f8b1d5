import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { toEmailConnectError } from '../domain/errors';
import { serviceOf } from '../services';

type Middleware = Parameters<Core.Strapi['documents']['use']>[0];

export const RULE = 'plugin::email-connect.logging-rule';
const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'clone']);
const FIELD = 'inboxDocumentId';

/** A rule for an inbox that is not there would meet nothing, and nobody would notice: it is refused. */
export const checkLoggingRule =
  (strapi: Core.Strapi): Middleware =>
  async (context, next) => {
    const named = context.uid === RULE && WRITES.has(context.action) ? inboxIn(context.params) : null;
    if (named !== null)
      await serviceOf(strapi, 'loggingRules')
        .assertInbox(named)
        .catch((error: unknown) => {
          throw asValidationError(error);
        });
    return next();
  };

/** null: the rule is for the whole site, or its inbox is not written. */
const inboxIn = (params: object): string | null => {
  const data: unknown = 'data' in params ? params.data : null;
  const named: unknown = Reflect.get(Object(data), FIELD);
  return named === undefined || named === null ? null : String(named);
};

/** In the form in which the Content Manager shows it at the field. */
const asValidationError = (error: unknown): Error => {
  const { code, message, nextStep } = toEmailConnectError(error);
  const atField = { path: [FIELD], name: 'ValidationError', message: `${message} ${nextStep}` };
  return new errors.ValidationError(message, { errors: [atField], code, nextStep, detail: '' });
};
