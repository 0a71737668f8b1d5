import { normalizeAddress } from '../address/address';
import type { Question } from './question';
import { holdsAt, meets } from './rule-pattern';
import { ignored } from './steps';
import type { Decision, LoggingRule } from './verdict';

export const neverLogRule = (question: Question): Decision | null => {
  const rule = matchedRule(question);
  if (!rule) return null;
  const { documentId: ruleDocumentId, field } = rule;
  const detail = `Rule ${ruleDocumentId} (${field}).`;
  return ignored('never-log-rule', 'never-log-rule', { ...whereMet(rule, question), ruleDocumentId, detail });
};

/**
 * The first never-log rule, of this inbox or of the whole site, that matches anyone on the mail or its subject. The
 * team's own addresses are not compared: they are on every mail. A rule without a pattern matches nothing.
 */
export const matchedRule = (question: Question): LoggingRule | null => {
  const { facts, context, headers } = question;
  if (facts.rules.length === 0) return null;
  const applying = facts.rules.filter((rule) => holdsAt(rule, context.inboxDocumentId));
  if (applying.length === 0) return null;
  const { outsiders } = question;
  return applying.find((rule) => meets(rule, outsiders, headers.subject)) ?? null;
};

/** The header field that matches, and its value. */
const whereMet = (rule: LoggingRule, { headers, outsiders }: Question): { header: string; value: string } => {
  if (rule.field === 'subject') return { header: 'Subject', value: headers.subject };
  const value = outsiders.find((address) => meets(rule, [address], '')) ?? '';
  const fields = [
    ['From', headers.from],
    ['Sender', headers.sender],
    ['Reply-To', headers.replyTo],
    ['To', headers.to],
    ['Cc', headers.cc],
  ] as const;
  const named = fields.find(([, people]) =>
    people.some(({ address }) => normalizeAddress(address) === value)
  );
  return { header: named?.[0] ?? '', value };
};
