import type { Audit } from '../../ports';
import { insertRows } from './database';
import type { Strapi } from './database';
import { uids } from './names';
import { storable, storableJson } from './storable';

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
