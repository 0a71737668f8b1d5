import { candidateWith, contextWith, factsWith, id, threadWith } from '../../testing/fakes/build-mail';
import type { MessageHeaders } from '../message/message';
import { decide } from './decide';
import type { DecisionContext } from './decision-context';
import type { LoggingFacts } from './verdict';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const own = { inReplyTo: [id('sent.1@crm.test')], from: at('Us@CRM.test') };

/** On mail that answers the thread of `us@crm.test` and `ann@customer.test`. */
const verdictOn = (
  change: Partial<MessageHeaders>,
  folderUse: DecisionContext['folderUse'],
  facts: Partial<LoggingFacts> = {}
) => decide(candidateWith({ ...own, ...change }), factsWith(facts), contextWith({ folderUse })).verdict;

it.each<[string, Partial<MessageHeaders>, DecisionContext['folderUse']]>([
  ['in Sent', { to: at('ann@customer.test') }, 'sent'],
  ['in All Mail', { to: at('Ann@Customer.test') }, 'all'],
  ['with the contact in Cc', { to: at('new@elsewhere.test'), cc: at('ann@customer.test') }, 'sent'],
  ['in Sent, from an alias', { from: at('alias@crm.test'), to: at('ann@customer.test') }, 'sent'],
])('c45: what the user wrote elsewhere is logged as sent: %s', (_, change, folderUse) => {
  expect(verdictOn(change, folderUse)).toMatchObject({
    kind: 'log',
    origin: 'sent-folder',
    direction: 'outgoing',
  });
});

it.each<[string, Partial<MessageHeaders>]>([
  ['c44: a forward to a colleague', { to: at('colleague@crm.test') }],
  ['a note to oneself', { to: at('us@crm.test') }],
  ['a colleague and oneself', { to: at('colleague@crm.test'), cc: at('us@crm.test') }],
  ['nobody to be seen', { to: [], cc: [] }],
])('S22: a side conversation is not logged: %s', (_, change) => {
  expect(verdictOn(change, 'sent')).toMatchObject({ kind: 'ignore', reason: 'side-conversation' });
  expect(verdictOn(change, 'all')).toMatchObject({ kind: 'ignore', reason: 'side-conversation' });
});

it('c52: a thread with oneself goes on', () => {
  const threads = new Map([['T', threadWith({ participants: new Set(['us@crm.test']) })]]);
  const self = verdictOn({ to: at('us@crm.test') }, 'inbox', { threads });
  expect(self).toMatchObject({ kind: 'log', origin: 'sent-folder', direction: 'outgoing' });
});

it('c43: a stranger who answers is no side conversation', () => {
  const stranger = { from: at('third@elsewhere.test'), to: at('us@crm.test') };
  expect(verdictOn(stranger, 'inbox')).toMatchObject({ kind: 'log', origin: 'reply' });
});
