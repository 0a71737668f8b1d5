import type { LoggingRule } from '../../../domain/logging/verdict';
import { holdsAt } from '../../../domain/logging/rule-pattern';
import { findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readRuleAction, readRuleField } from '../base/enumerations';
import { uids } from '../base/names';
import type { RuleRow } from '../base/rows';

/** Those that keep mail out: of the site and of the inbox `asked`. */
export const loadRules = async (strapi: Strapi, asked: string): Promise<LoggingRule[]> =>
  (await activeRules(strapi))
    .filter(({ action }) => readRuleAction(action) === 'never-log')
    .map(ruleOf)
    .filter((rule) => holdsAt(rule, asked));

/** Those that say how much others are told, of all inboxes. */
export const loadLevelRules = async (strapi: Strapi): Promise<LoggingRule[]> =>
  (await activeRules(strapi)).filter(({ action }) => readRuleAction(action) !== 'never-log').map(ruleOf);

/** Rules are few. */
const activeRules = async (strapi: Strapi): Promise<RuleRow[]> =>
  (await findRows<RuleRow>(strapi, uids.loggingRule, { orderBy: { id: 'asc' } })).filter(
    ({ active }) => active !== false
  );

const ruleOf = ({ documentId, field, pattern, inboxDocumentId }: RuleRow): LoggingRule => ({
  documentId,
  field: readRuleField(field),
  pattern,
  inboxDocumentId,
});
