import { candidateWith, contextWith, factsWith, id, threadWith } from '../../testing/fakes/build-mail';
import type { Candidate, MessageHeaders } from '../message/message';
import { decide } from './decide';
import type { DecisionContext } from './decision-context';
import type { LoggingFacts } from './verdict';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const ids = (...texts: string[]) => texts.map(id);

/** A mail of our own to Ann, with the log address on Bcc, as the log address's mailbox gets it. */
const bcc: Partial<MessageHeaders> = {
  messageId: id('own@client'),
  from: at('us@crm.test'),
  to: at('ann@customer.test'),
  subject: 'Offer 2',
  deliveredTo: ['Us+Log@CRM.test'],
  authenticationResults: ['mx.crm.test; dmarc=pass header.from=crm.test'],
};
const stranger = { from: at('ann@customer.test'), authenticationResults: [] };
const toLog = { to: at('us+log@crm.test'), deliveredTo: [] };

const decisionOn = (
  change: Partial<MessageHeaders>,
  context: Partial<DecisionContext> = {},
  facts: Partial<LoggingFacts> = {},
  candidate: Partial<Omit<Candidate, 'headers'>> = {}
) =>
  decide(
    candidateWith({ ...bcc, ...change }, candidate),
    factsWith(facts),
    contextWith({ logAddress: 'us+log@crm.test', ...context })
  );
const verdictOn = (...input: Parameters<typeof decisionOn>) => decisionOn(...input).verdict;

it('S17: a BCC-logged mail begins a thread of its own, as outgoing', () => {
  expect(verdictOn({})).toEqual({
    kind: 'log',
    threadDocumentId: 'thread of root own@client',
    begins: { subject: 'Offer 2', baseSubject: 'offer 2', continuesDocumentId: null },
    origin: 'log-address',
    direction: 'outgoing',
    evidence: { rung: 'log-address', confidence: 1, header: 'Delivered-To', value: '' },
    notice: null,
    answersDocumentId: null,
  });
});

it.each<[string, Partial<MessageHeaders>, string, string]>([
  ['on Cc, beside the recipient', { cc: at('us+log@crm.test'), deliveredTo: [] }, 'outgoing', 'Cc'],
  ['in To, beside the recipient', { to: at('us+log@crm.test', 'ann@customer.test') }, 'outgoing', 'To'],
  ['S27: forwarded to it', { ...toLog, subject: 'Fwd: Question' }, 'incoming', 'To'],
  [
    'S27: forwarded to it and someone else',
    { to: at('us+log@crm.test', 'bob@else.test'), subject: 'Fwd: Question' },
    'incoming',
    'To',
  ],
  ['S27: forwarded in German', { ...toLog, subject: '[EXT] WG: Frage' }, 'incoming', 'To'],
  ['S27: redirected to it and a colleague', { to: at('us+log@crm.test', 'us@crm.test') }, 'incoming', 'To'],
])('the direction, as far as the header tells: %s', (_, change, direction, header) => {
  expect(verdictOn(change)).toMatchObject({
    kind: 'log',
    origin: 'log-address',
    direction,
    evidence: { header },
  });
});

it('goes into the thread that it cites, even a muted one, and past rules and pauses', () => {
  const threads = new Map([['T', threadWith({ state: 'muted', baseSubject: 'offer 2' })]]);
  const rules = [
    { documentId: 'R', field: 'domain', pattern: 'customer.test', inboxDocumentId: null } as const,
  ];
  const facts = { threads, rules, paused: new Set(['ann@customer.test']) };
  expect(verdictOn({ inReplyTo: ids('sent.1@crm.test') }, {}, facts)).toMatchObject({
    kind: 'log',
    threadDocumentId: 'T',
    begins: null,
  });
});

it('S21: not into one that was un-logged', () => {
  const threads = new Map([['T', threadWith({ state: 'unlogged' })]]);
  expect(verdictOn({ inReplyTo: ids('sent.1@crm.test') }, {}, { threads })).toMatchObject({
    reason: 'thread-unlogged',
  });
  const root = 'thread of root own@client';
  const own = new Map([[root, threadWith({ documentId: root, state: 'unlogged' })]]);
  expect(verdictOn({}, {}, { threads: own })).toMatchObject({ reason: 'thread-unlogged' });
});

it('S26: is one record with the copy that was seen before', () => {
  const known = { kind: 'own', threadDocumentId: 'T', messageDocumentId: 'M7' } as const;
  expect(verdictOn({}, {}, { ids: new Map([[id('own@client'), known]]) })).toMatchObject({
    kind: 'known',
    messageDocumentId: 'M7',
  });
});

describe('S28: what is not provably from the team is held', () => {
  it.each<[string, Partial<MessageHeaders>, string]>([
    ['a stranger', stranger, 'LOG_SENDER_UNKNOWN'],
    [
      'a stranger who is proven',
      { ...stranger, authenticationResults: ['mx.crm.test; dmarc=pass'] },
      'LOG_SENDER_UNKNOWN',
    ],
    ['nobody', { from: [] }, 'LOG_SENDER_UNKNOWN'],
    ['us and a stranger', { from: at('us@crm.test', 'ann@customer.test') }, 'LOG_SENDER_UNKNOWN'],
    ['the log address itself', { from: at('us+log@crm.test') }, 'LOG_SENDER_UNKNOWN'],
    ['us, says only the sender', { authenticationResults: [] }, 'LOG_SENDER_UNVERIFIED'],
    ['us, refuted', { authenticationResults: ['mx.crm.test; dmarc=fail'] }, 'LOG_SENDER_UNVERIFIED'],
    [
      'us, says a foreign server',
      { authenticationResults: ['mx.evil.test; dmarc=pass'] },
      'LOG_SENDER_UNVERIFIED',
    ],
    [
      'us, forged in a known thread',
      { authenticationResults: [], inReplyTo: ids('sent.1@crm.test') },
      'LOG_SENDER_UNVERIFIED',
    ],
  ])('%s', (_, change, code) => {
    expect(verdictOn(change)).toMatchObject({ kind: 'hold', code });
    expect(verdictOn(change, { policy: 'known-contacts' })).toMatchObject({ kind: 'hold', code });
  });

  it('one of a domain of the team is held or logged like one of its addresses', () => {
    const team = { addresses: new Set<string>(), domains: new Set(['crm.test']) };
    const boss = { from: at('boss@crm.test') };
    expect(verdictOn(boss, {}, { team })).toMatchObject({ kind: 'log' });
    expect(verdictOn({ ...boss, authenticationResults: [] }, {}, { team })).toMatchObject({ kind: 'hold' });
  });

  it('the servers that are named are believed, and no others', () => {
    const named = { trustedAuthServers: ['mx.filter.test'] };
    expect(verdictOn({}, named)).toMatchObject({ code: 'LOG_SENDER_UNVERIFIED' });
    const authenticationResults = ['mx.filter.test; dmarc=pass'];
    expect(verdictOn({ authenticationResults }, named)).toMatchObject({ kind: 'log' });
  });

  it('what our own mailbox filed as sent needs no other proof', () => {
    const sent = { cc: at('us+log@crm.test'), deliveredTo: [], authenticationResults: [] };
    expect(verdictOn(sent)).toMatchObject({ kind: 'hold' });
    expect(verdictOn(sent, { folderUse: 'sent' })).toMatchObject({ kind: 'log', direction: 'outgoing' });
    expect(verdictOn(sent, { folderUse: 'all' }, {}, { labels: ['sent'] })).toMatchObject({ kind: 'log' });
  });

  it('P6: a bounce is inspected before it is held, also one of our own mail system', () => {
    const team = { addresses: new Set<string>(), domains: new Set(['crm.test']) };
    const bounce = {
      from: at('mailer-daemon@crm.test'),
      subject: 'Undeliverable: Offer',
      authenticationResults: [],
    };
    const returning = (...messageIds: string[]) => ({
      returned: { messageIds: ids(...messageIds), envelopeId: '', recipients: [] },
    });
    expect(verdictOn(bounce, {}, { team })).toMatchObject({ kind: 'inspect', notice: 'bounce' });
    expect(verdictOn(bounce, {}, { team }, returning('sent.1@crm.test'))).toMatchObject({
      kind: 'log',
      notice: 'bounce',
    });
    expect(verdictOn(bounce, {}, { team }, returning('x@y'))).toMatchObject({ code: 'LOG_SENDER_UNKNOWN' });
  });

  it('S5: a reply of a customer that has it on Cc is a reply like any other', () => {
    const reply = {
      ...stranger,
      to: at('us@crm.test'),
      cc: at('us+log@crm.test'),
      inReplyTo: ids('sent.1@crm.test'),
      subject: 'Re: Offer',
    };
    expect(verdictOn(reply)).toMatchObject({
      kind: 'log',
      origin: 'reply',
      evidence: { rung: 'in-reply-to' },
    });
  });
});

it('an inbox without a log address, and mail to another address, are not concerned', () => {
  expect(verdictOn({}, { logAddress: '' })).toMatchObject({ reason: 'no-known-reference' });
  expect(verdictOn({ deliveredTo: ['us@crm.test'] })).toMatchObject({ reason: 'no-known-reference' });
});
