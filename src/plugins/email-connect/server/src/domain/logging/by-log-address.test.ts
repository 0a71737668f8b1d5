import {
  candidateWith,
  contextWith,
  copiedBy,
  factsWith,
  id,
  threadWith,
} from '../../testing/fakes/build-mail';
import type { Candidate, MessageHeaders } from '../message/message';
import { decide } from './decide';
import type { DecisionContext } from './decision-context';
import type { LoggingFacts } from './verdict';
import type { TraceField } from '../message/trace';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const ids = (...texts: string[]) => texts.map(id);

/** A mail of our own to Ann, with the log address on Bcc, as the log address's mailbox gets it. */
const bcc: Partial<MessageHeaders> = {
  messageId: id('own@client'),
  from: at('us@crm.test'),
  to: at('ann@customer.test'),
  subject: 'Offer 2',
  deliveredTo: ['Us+Log@CRM.test'],
};
const stranger = { from: at('ann@customer.test') };

/** What the receiving server wrote above it. */
const traceOf = (...results: string[]): TraceField[] => [
  ...results.map((value) => ({ name: 'authentication-results' as const, value })),
  { name: 'received', value: 'from out.test ([192.0.2.1]) by mx.crm.test with ESMTP id 1; now' },
];
const trace = traceOf('mx.crm.test; dmarc=pass header.from=crm.test');
const toLog = { to: at('us+log@crm.test'), deliveredTo: [] };

const decisionOn = (
  change: Partial<MessageHeaders>,
  context: Partial<DecisionContext> = {},
  facts: Partial<LoggingFacts> = {},
  candidate: Partial<Omit<Candidate, 'headers'>> = {}
) =>
  decide(
    candidateWith({ ...bcc, ...change }, { trace, ...candidate }),
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
  const known = {
    kind: 'own',
    threadDocumentId: 'T',
    messageDocumentId: 'M7',
    copied: copiedBy(bcc),
  } as const;
  expect(verdictOn({}, {}, { ids: new Map([[id('own@client'), known]]) })).toMatchObject({
    kind: 'known',
    messageDocumentId: 'M7',
  });
});

describe('S28: what is not provably from the team is held', () => {
  it.each<[string, Partial<MessageHeaders>, TraceField[], string]>([
    ['a stranger', stranger, traceOf(), 'LOG_SENDER_UNKNOWN'],
    ['a stranger who is proven', stranger, traceOf('mx.crm.test; dmarc=pass'), 'LOG_SENDER_UNKNOWN'],
    ['nobody', { from: [] }, trace, 'LOG_SENDER_UNKNOWN'],
    ['us and a stranger', { from: at('us@crm.test', 'ann@customer.test') }, trace, 'LOG_SENDER_UNKNOWN'],
    ['the log address itself', { from: at('us+log@crm.test') }, trace, 'LOG_SENDER_UNKNOWN'],
    ['us, says only the sender', {}, traceOf(), 'LOG_SENDER_UNVERIFIED'],
    ['us, of whom nothing more could be read', {}, [], 'LOG_SENDER_UNVERIFIED'],
    ['us, refuted', {}, traceOf('mx.crm.test; dmarc=fail'), 'LOG_SENDER_UNVERIFIED'],
    ['us, says a foreign server', {}, traceOf('mx.evil.test; dmarc=pass'), 'LOG_SENDER_UNVERIFIED'],
    [
      'us, forged in a known thread',
      { inReplyTo: ids('sent.1@crm.test') },
      traceOf(),
      'LOG_SENDER_UNVERIFIED',
    ],
  ])('%s', (_, change, above, code) => {
    expect(verdictOn(change, {}, {}, { trace: above })).toMatchObject({ kind: 'hold', code });
    expect(verdictOn(change, { policy: 'known-contacts' }, {}, { trace: above })).toMatchObject({
      kind: 'hold',
      code,
    });
  });

  it('one of a domain of the team is held or logged like one of its addresses', () => {
    const team = { addresses: new Set<string>(), domains: new Set(['crm.test']) };
    const boss = { from: at('boss@crm.test') };
    expect(verdictOn(boss, {}, { team })).toMatchObject({ kind: 'log' });
    expect(verdictOn(boss, {}, { team }, { trace: traceOf() })).toMatchObject({ kind: 'hold' });
  });

  it('the servers that are named are believed, and no others', () => {
    const { receiver } = contextWith();
    const named = { receiver: { ...receiver, trustedAuthServers: ['mx.filter.test'] } };
    expect(verdictOn({}, named)).toMatchObject({ code: 'LOG_SENDER_UNVERIFIED' });
    const filtered = traceOf('mx.filter.test; dmarc=pass');
    expect(verdictOn({}, named, {}, { trace: filtered })).toMatchObject({ kind: 'log' });
  });

  it('S12: what the servers wrote is read only where the verdict rests on it', () => {
    const unread = { trace: null };
    const isRead = { kind: 'inspect', part: 'trace' };
    expect(verdictOn({}, {}, {}, unread)).toEqual(isRead);
    const known = {
      kind: 'own',
      threadDocumentId: 'T',
      messageDocumentId: 'M7',
      copied: copiedBy(bcc),
    } as const;
    const recorded = { ids: new Map([[id('own@client'), known]]) };
    expect(verdictOn({}, {}, recorded, unread)).toMatchObject({ kind: 'known' });
    expect(verdictOn(stranger, {}, {}, unread)).toMatchObject({ code: 'LOG_SENDER_UNKNOWN' });
    for (const elsewhere of [
      verdictOn({ deliveredTo: [] }, {}, {}, unread),
      verdictOn({}, { logAddress: '' }, {}, unread),
      verdictOn({}, { byHand: true }, {}, unread),
      verdictOn({}, { folderUse: 'sent' }, {}, unread),
      verdictOn({}, {}, {}, { ...unread, isDraft: true }),
    ])
      expect(elsewhere.kind).not.toBe('inspect');
  });

  it('what our own mailbox filed as sent needs no other proof', () => {
    const sent = { cc: at('us+log@crm.test'), deliveredTo: [] };
    const verdictIn = (context: Partial<DecisionContext>, labels: string[] = []) =>
      verdictOn(sent, context, {}, { trace: traceOf(), labels });
    expect(verdictIn({})).toMatchObject({ kind: 'hold' });
    expect(verdictIn({ folderUse: 'sent' })).toMatchObject({ kind: 'log', direction: 'outgoing' });
    expect(verdictIn({ folderUse: 'all' }, ['sent'])).toMatchObject({ kind: 'log' });
  });

  it('P6: a bounce is inspected before it is held, also one of our own mail system', () => {
    const team = { addresses: new Set<string>(), domains: new Set(['crm.test']) };
    const bounce = {
      from: at('mailer-daemon@crm.test'),
      subject: 'Undeliverable: Offer',
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

it("w51: the address of an inbox that nobody has confirmed is no team member's", () => {
  const team = { addresses: new Set<string>(), domains: new Set<string>() };
  expect(verdictOn(toLog, {}, { team })).toMatchObject({ kind: 'hold', code: 'LOG_SENDER_UNKNOWN' });
});
