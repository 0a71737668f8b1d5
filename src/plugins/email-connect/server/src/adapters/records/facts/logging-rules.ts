import type { LoggingRule } from '../../../domain/logging/verdict';
import { findRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { readRuleField } from '../base/enumerations';
import { uids } from '../base/names';

interface RuleRow {
  documentId: string;
  field: string;
  pattern: string;
  active: boolean | null;
  inboxDocumentId: string | null;
}

/** Rules are few; those of the site and of the inbox `asked` apply. */
export const loadRules = async (strapi: Strapi, asked: string): Promise<LoggingRule[]> => {
  const rows = await findRows<RuleRow>(strapi, uids.loggingRule, { orderBy: { id: 'asc' } });
  return rows
    .filter(({ active, inboxDocumentId: named }) => active !== false && (named ?? asked) === asked)
    .map(({ documentId, field, pattern, inboxDocumentId }) => ({
      documentId,
      field: readRuleField(field),
      pattern,
      inboxDocumentId,
    }));
};
