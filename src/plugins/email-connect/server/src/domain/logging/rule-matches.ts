import type { Holding } from '../access/holding';
import { holdsAt, meets } from './rule-pattern';
import type { LoggingRule } from './verdict';

export interface RuleMatch {
  inboxDocumentId: string;
  ruleDocumentId: string;
}

/** Everybody who is on a mail and none of the team, normalised, and what it is about. */
export interface MailToMeet {
  outsiders: readonly string[];
  subject: string;
}

export const rulesMeeting = (
  rules: readonly LoggingRule[],
  { outsiders, subject }: MailToMeet
): LoggingRule[] => rules.filter((rule) => meets(rule, outsiders, subject));

/** For which of the inboxes that decide about a mail which of these rules says how much others are told (S42). */
export const ruleMatchesOf = (
  rules: readonly LoggingRule[],
  mail: MailToMeet,
  holdings: readonly Pick<Holding, 'inboxDocumentId' | 'decides'>[]
): RuleMatch[] =>
  rulesMeeting(rules, mail).flatMap((rule) =>
    holdings
      .filter(({ decides, inboxDocumentId }) => decides && holdsAt(rule, inboxDocumentId))
      .map(({ inboxDocumentId }) => ({ inboxDocumentId, ruleDocumentId: rule.documentId }))
  );
