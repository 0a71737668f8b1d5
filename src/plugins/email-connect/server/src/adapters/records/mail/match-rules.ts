import { isOfTeam } from '../../../domain/logging/outsiders';
import { ruleMatchesOf, rulesMeeting } from '../../../domain/logging/rule-matches';
import { findRowsIn, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { HoldingRow, RuleMatchRow } from '../base/rows';
import { loadLevelRules } from '../facts/logging-rules';
import { loadTeam } from '../people/load-team';

/** A recorded message, once it is known who decides about it. */
export interface MailToMatch {
  id: number;
  /** Everybody who is on it, normalised. */
  people: readonly string[];
  subject: string;
}

/**
 * Writes down which rules say how much others are told of these messages (S42). Within a transaction of the caller; the
 * number of queries does not grow with the messages.
 */
export const matchRules = async (strapi: Strapi, mails: readonly MailToMatch[]): Promise<void> => {
  const rules = mails.length === 0 ? [] : await loadLevelRules(strapi);
  if (rules.length === 0) return;
  const team = await loadTeam(strapi);
  const met = mails
    .map(({ id, people, subject }) => ({
      id,
      subject,
      outsiders: people.filter((address) => !isOfTeam(address, team)),
    }))
    .filter((mail) => rulesMeeting(rules, mail).length > 0);
  const ids = met.map(({ id }) => id);
  const holdings = await findRowsIn<HoldingRow>(strapi, uids.holding, 'messageId', ids);
  const before = await findRowsIn<RuleMatchRow>(strapi, uids.ruleMatch, 'messageId', ids);
  const known = new Set(before.map(keyOf));
  const matches = met.flatMap((mail) => {
    const ofMail = holdings.filter(({ messageId }) => messageId === mail.id);
    const threadId = ofMail[0]?.threadId ?? 0;
    return ruleMatchesOf(rules, mail, ofMail).map((match) => ({ messageId: mail.id, threadId, ...match }));
  });
  await insertRows(
    strapi,
    uids.ruleMatch,
    matches.filter((match) => !known.has(keyOf(match)))
  );
};

const keyOf = ({ messageId, inboxDocumentId, ruleDocumentId }: RuleMatchRow): string =>
  `${messageId} ${inboxDocumentId} ${ruleDocumentId}`;
