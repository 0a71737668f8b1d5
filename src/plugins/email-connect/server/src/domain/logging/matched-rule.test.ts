import { candidateWith, contextWith, factsWith, id } from '../../testing/fakes/build-mail';
import { decide } from './decide';
import { matchedRule } from './matched-rule';
import { Question } from './question';
import type { LoggingRule } from './verdict';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const inbox = contextWith({ inboxDocumentId: 'I1' });
const team = {
  addresses: new Set(['us@crm.test', 'colleague@crm.test']),
  domains: new Set(['crm-group.test']),
};
const matched = (rules: LoggingRule[]) => matchedRule(new Question(reply, factsWith({ rules, team }), inbox));
const reply = candidateWith({
  inReplyTo: [id('sent.1@crm.test')],
  from: at('Ann@Customer.test'),
  to: at('us@crm.test', 'colleague@crm.test', 'boss@crm-group.test'),
  cc: at('law@firm.test'),
  subject: 'Re: Secret  offer',
});
const rule = (
  field: LoggingRule['field'],
  pattern: string,
  inboxDocumentId: string | null = null
): LoggingRule => ({
  documentId: 'R1',
  field,
  pattern,
  inboxDocumentId,
});

it.each<[string, LoggingRule]>([
  ['the sender', rule('address', 'ann@customer.test')],
  ['the sender, in capitals', rule('address', ' ANN@CUSTOMER.TEST ')],
  ['someone in Cc', rule('address', 'law@firm.test')],
  ['the domain of the sender', rule('domain', 'customer.test')],
  ['the domain, with an @', rule('domain', '@Customer.Test')],
  ['the domain of someone in Cc', rule('domain', 'firm.test')],
  ['a part of the subject', rule('subject', 'SECRET OFFER')],
  ['this inbox', rule('subject', 'secret', 'I1')],
])('a rule meets %s', (_, one) => {
  expect(matched([one])).toBe(one);
});

it.each<[string, LoggingRule]>([
  ['another address', rule('address', 'nn@customer.test')],
  ['a part of an address', rule('address', 'customer.test')],
  ['another domain', rule('domain', 'omer.test')],
  ['a domain above', rule('domain', 'test')],
  ['a subdomain', rule('domain', 'mail.customer.test')],
  ['another subject', rule('subject', 'invoice')],
  ['another inbox', rule('subject', 'secret', 'I2')],
  ['the inbox itself', rule('address', 'us@crm.test')],
  ['P8: a colleague', rule('address', 'colleague@crm.test')],
  ['the domain of the team', rule('domain', 'crm.test')],
  ['another domain of the team', rule('domain', 'crm-group.test')],
  ['an empty subject, which is in every subject', rule('subject', ' ')],
  ['an empty address', rule('address', '')],
])('a rule does not meet %s', (_, one) => {
  expect(matched([one])).toBeNull();
});

it('keeps a reply to a logged thread out, and the first rule that applies is the reason', () => {
  const rules = [rule('subject', 'invoice'), { ...rule('subject', 'secret'), documentId: 'R2' }];
  expect(decide(reply, factsWith({ rules }), inbox).verdict).toEqual({
    kind: 'ignore',
    reason: 'never-log-rule',
    detail: 'Rule R2 (subject).',
  });
  expect(decide(reply, factsWith(), inbox).verdict).toMatchObject({ kind: 'log' });
});

it.each<[string, LoggingRule, string, string]>([
  ['From', rule('address', 'ann@customer.test'), 'From', 'ann@customer.test'],
  ['Cc', rule('domain', 'firm.test'), 'Cc', 'law@firm.test'],
  ['Subject', rule('subject', 'secret offer'), 'Subject', 'Re: Secret  offer'],
])('P9: says that %s met it, beside the rule', (_, one, header, value) => {
  expect(decide(reply, factsWith({ rules: [one] }), inbox).steps.at(-1)).toMatchObject({
    step: 'never-log-rule',
    header,
    value,
    ruleDocumentId: 'R1',
  });
});

it('a field that nobody knows is no rule that meets everything', () => {
  const unknown = { ...rule('subject', 'secret'), field: 'list' as never };
  expect(() => matched([unknown])).toThrow('There is no case for "list".');
});
