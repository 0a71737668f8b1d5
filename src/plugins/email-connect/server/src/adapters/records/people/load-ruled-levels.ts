import type { RuledLevel } from '../../../domain/logging/rule-action';
import { readRuleAction } from '../base/enumerations';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { RuleMatchRow, RuleRow } from '../base/rows';

/** How much rules leave to others of a message about which an inbox decides. */
export type RuledLevels = (place: Pick<RuleMatchRow, 'messageId' | 'inboxDocumentId'>) => RuledLevel[];

/** By the rules that met these messages, as they are now: one that is gone, or not active, leaves everything. */
export const loadRuledLevels = async (
  strapi: Strapi,
  messageIds: readonly number[]
): Promise<RuledLevels> => {
  const matches = await findRowsIn<RuleMatchRow>(strapi, uids.ruleMatch, 'messageId', messageIds);
  const rules = await findRowsIn<RuleRow>(
    strapi,
    uids.loggingRule,
    'documentId',
    matches.map(({ ruleDocumentId }) => ruleDocumentId)
  );
  const levelOf = new Map(
    rules.flatMap(({ documentId, active, action }) => {
      const level = readRuleAction(action);
      return active === false || level === 'never-log' ? [] : [[documentId, level] as const];
    })
  );
  const found = new Map<string, RuledLevel[]>();
  for (const match of matches) {
    const level = levelOf.get(match.ruleDocumentId);
    if (level) found.set(keyOf(match), [...(found.get(keyOf(match)) ?? []), level]);
  }
  return (place) => found.get(keyOf(place)) ?? [];
};

const keyOf = ({ messageId, inboxDocumentId }: Pick<RuleMatchRow, 'messageId' | 'inboxDocumentId'>): string =>
  `${messageId} ${inboxDocumentId}`;
