import type { Core } from '@strapi/strapi';
import { serviceOf } from '../services';
import { RULE } from './check-logging-rule';
import { documentIdIn, writerOf } from './writer';

type Middleware = Parameters<Core.Strapi['documents']['use']>[0];

const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'clone', 'delete']);

/** A rule opens and hides mail for everybody: it is written together with who did it, or not at all. */
export const recordLoggingRule =
  (strapi: Core.Strapi): Middleware =>
  async (context, next) => {
    const { action, uid } = context;
    if (uid !== RULE || !WRITES.has(action)) return next();
    const rules = serviceOf(strapi, 'loggingRules');
    const rowOf = async (named: unknown) => {
      const documentId = documentIdIn(named);
      return documentId === null ? null : strapi.documents(RULE).findOne({ documentId });
    };
    return strapi.db.transaction(async () => {
      const deleted = action === 'delete' ? await rowOf(context.params) : null;
      const result = await next();
      const rule = deleted ?? (await rowOf(result));
      if (rule) await rules.record(deleted ? 'rule.deleted' : 'rule.saved', rule, writerOf(strapi));
      return result;
    });
  };
