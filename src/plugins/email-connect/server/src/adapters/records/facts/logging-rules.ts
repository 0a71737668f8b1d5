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
  inbox: { documentId: string } | null;
}

/** Rules are few; those of the site and of this inbox apply. */
export const loadRules = async (strapi: Strapi, inboxDocumentId: string): Promise<LoggingRule[]> => {
  const rows = await findRows<RuleRow>(strapi, uids.loggingRule, {
    populate: { inbox: { select: ['documentId'] } },
    orderBy: { id: 'asc' },
  });
  return rows
    .filter(
      ({ active, inbox }) => active !== false && (inbox === null || inbox.documentId === inboxDocumentId)
    )
    .map(({ documentId, field, pattern, inbox }) => ({
      documentId,
      field: readRuleField(field),
      pattern,
      inboxDocumentId: inbox?.documentId ?? null,
    }));
};
