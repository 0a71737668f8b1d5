import type { Audit } from '../../ports';
import { insertRows } from './base/query-rows';
import type { Strapi } from './base/strapi';
import { uids } from './base/names';
import { storable, storableJson } from './base/storable';

const LONGEST = 191;

export const createAudit = (strapi: Strapi): Audit => ({
  record: ({ action, actor, subject, outcome, facts }) =>
    insertRows(strapi, uids.audit, [
      {
        at: Date.now(),
        action,
        actor: storable(actor).slice(0, LONGEST),
        subject: storable(subject).slice(0, LONGEST),
        outcome,
        facts: storableJson(facts),
      },
    ]),
});
