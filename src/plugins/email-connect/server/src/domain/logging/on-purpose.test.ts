import { candidateWith, contextWith, factsWith, id, threadWith } from '../../testing/fakes/build-mail';
import type { Candidate, MessageHeaders } from '../message/message';
import { decide } from './decide';
import type { DecisionContext } from './decision-context';
import type { LoggingFacts } from './verdict';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const ids = (...texts: string[]) => texts.map(id);
const inThread = (state: 'open' | 'muted' | 'unlogged') => new Map([['T', threadWith({ state })]]);
const reply = { inReplyTo: ids('sent.1@crm.test') };

const decisionOn = (
  headers: Partial<MessageHeaders>,
  context: Partial<DecisionContext>,
  facts: Partial<LoggingFacts> = {},
  candidate: Partial<Omit<Candidate, 'headers'>> = {}
) => decide(candidateWith(headers, candidate), factsWith(facts), contextWith(context));
const verdictOn = (...input: Parameters<typeof decisionOn>) => decisionOn(...input).verdict;

describe.each<[string, Partial<DecisionContext>, string]>([
  ['a log folder', { folderRole: 'log' }, 'log-folder'],
  ['"log it now"', { byHand: true }, 'by-hand'],
  ['"log it now" in an un-log folder', { byHand: true, folderRole: 'unlog' }, 'by-hand'],
])('what a person wants logged: %s', (_, context, rung) => {
  it('S6: begins a thread of its own', () => {
    expect(verdictOn({ subject: 'Re: Hello' }, context)).toEqual({
      kind: 'log',
      threadDocumentId: 'thread of root in.1@customer.test',
      begins: { subject: 'Hello', baseSubject: 'hello', continuesDocumentId: null },
      origin: 'by-hand',
      direction: 'incoming',
      evidence: { rung, confidence: 1, header: '', value: '' },
      notice: null,
      answersDocumentId: null,
    });
  });

  it('S17: goes into the thread that it cites', () => {
    expect(verdictOn(reply, context)).toMatchObject({ kind: 'log', threadDocumentId: 'T', begins: null });
    expect(verdictOn({ ...reply, subject: 'Summer party' }, context)).toMatchObject({
      begins: { continuesDocumentId: 'T' },
    });
  });

  it.each<[string, Partial<MessageHeaders>, Partial<LoggingFacts>]>([
    ['a muted thread', reply, { threads: inThread('muted') }],
    ['a paused contact', reply, { paused: new Set(['ann@customer.test']) }],
    ['a side conversation', { ...reply, from: at('us@crm.test'), to: at('us@crm.test') }, {}],
    [
      'a never-log rule',
      reply,
      { rules: [{ documentId: 'R', field: 'subject', pattern: 'offer', inboxDocumentId: null }] },
    ],
    [
      'what would be asked',
      {
        from: at('bob@else.test'),
        inReplyTo: ids('x@y'),
        references: ids('sent.1@crm.test'),
        subject: 'Party',
      },
      {},
    ],
  ])('overrides %s', (__, headers, facts) => {
    expect(verdictOn(headers, context, facts)).toMatchObject({ kind: 'log', evidence: { rung } });
  });

  it('S21: not what was un-logged, and says so', () => {
    const { verdict, steps } = decisionOn(reply, context, { threads: inThread('unlogged') });
    expect(verdict).toMatchObject({ kind: 'ignore', reason: 'thread-unlogged' });
    expect(steps.at(-2)?.detail).toMatch(/un-logged stays so/);
    expect(verdictOn(reply, context, { threads: new Map() })).toMatchObject({ reason: 'thread-unlogged' });
  });

  it('keeps drafts out, and knows what is recorded', () => {
    expect(verdictOn(reply, context, {}, { isDraft: true })).toMatchObject({ reason: 'draft' });
    expect(verdictOn({ messageId: id('sent.1@crm.test') }, context)).toMatchObject({ kind: 'known' });
  });

  it('a notice keeps its label and what it is about', () => {
    expect(verdictOn({ ...reply, autoSubmitted: 'auto-replied' }, context)).toMatchObject({
      notice: 'auto-reply',
      answersDocumentId: 'M1',
    });
  });

  it('P6: a bounce goes to the mail that it returns', () => {
    const bounce = { from: at('mailer-daemon@else.test'), subject: 'Undeliverable: Hello' };
    const returned = { messageIds: ids('sent.1@crm.test'), envelopeId: '', recipients: [] };
    expect(verdictOn(bounce, context, {}, { returned })).toMatchObject({
      threadDocumentId: 'T',
      notice: 'bounce',
      answersDocumentId: 'M1',
    });
  });

  it('our own mail is outgoing', () => {
    expect(verdictOn({ from: at('us@crm.test'), to: at('ann@customer.test') }, context)).toMatchObject({
      direction: 'outgoing',
      origin: 'by-hand',
    });
  });
});

describe('a conversation that is logged twice, or from two inboxes, meets itself', () => {
  it.each<[string, Partial<MessageHeaders>]>([
    ['its first mail', { messageId: id('first@x') }],
    [
      'a later one',
      { messageId: id('third@x'), references: ids('first@x', 'second@x'), inReplyTo: ids('second@x') },
    ],
    ['an answer without References', { messageId: id('second@x'), inReplyTo: ids('first@x') }],
  ])('%s', (_, headers) => {
    expect(verdictOn(headers, { byHand: true })).toMatchObject({
      threadDocumentId: 'thread of root first@x',
    });
  });

  it('into the thread that is there, unless it was un-logged (S20, S21)', () => {
    const root = 'thread of root first@x';
    const there = (state: 'open' | 'unlogged') => ({
      threads: new Map([[root, threadWith({ documentId: root, state })]]),
    });
    expect(verdictOn({ messageId: id('first@x') }, { byHand: true }, there('open'))).toMatchObject({
      kind: 'log',
      begins: null,
    });
    expect(verdictOn({ messageId: id('first@x') }, { byHand: true }, there('unlogged'))).toMatchObject({
      reason: 'thread-unlogged',
    });
  });
});

describe('an un-log folder', () => {
  const unlog = { folderRole: 'unlog' } as const;

  it.each<[string, Partial<MessageHeaders>]>([
    ['a message that is recorded', { messageId: id('sent.1@crm.test') }],
    ['a message that cites one', reply],
    ['a message of the conversation, by Thread-Index', { threadIndexRoot: '01aa' }],
  ])('un-logs the conversation of %s', (_, headers) => {
    expect(verdictOn(headers, unlog)).toEqual({ kind: 'unlog', threadDocumentId: 'T' });
    expect(verdictOn(headers, unlog, { threads: inThread('muted') })).toMatchObject({ kind: 'unlog' });
    expect(verdictOn(headers, unlog, { threads: inThread('unlogged') })).toMatchObject({
      reason: 'thread-unlogged',
    });
  });

  it('leaves everything else alone, contacts too', () => {
    expect(verdictOn({}, { ...unlog, policy: 'known-contacts' })).toMatchObject({
      kind: 'ignore',
      reason: 'no-known-reference',
    });
  });
});

describe('S18: everything with contacts, where an inbox is set to it', () => {
  const all = { policy: 'known-contacts' } as const;
  const fromUs = { from: at('us@crm.test'), to: at('Ann@Customer.test') };

  it.each<[string, Partial<MessageHeaders>, Partial<DecisionContext>, object]>([
    ['from a contact', {}, {}, { direction: 'incoming', origin: 'reply', evidence: { header: 'From' } }],
    [
      'to a contact',
      fromUs,
      { folderUse: 'sent' },
      { direction: 'outgoing', origin: 'sent-folder', evidence: { header: 'To' } },
    ],
    [
      'with a contact on Cc',
      { from: at('bob@else.test'), cc: at('ann@customer.test') },
      {},
      { evidence: { header: 'Cc' } },
    ],
    [
      'that looks like a reply: it is not asked about',
      { subject: 'Re: Offer' },
      {},
      { evidence: { rung: 'known-contact' } },
    ],
  ])('%s', (_, headers, context, expected) => {
    const threads = new Map([['T', threadWith({ lastMessageAt: '2026-02-28T09:00:00.000Z' })]]);
    expect(verdictOn(headers, { ...all, ...context }, { threads })).toMatchObject({
      kind: 'log',
      threadDocumentId: 'thread of root in.1@customer.test',
      ...expected,
    });
  });

  it.each<[string, Partial<MessageHeaders>, Partial<LoggingFacts>, string]>([
    ['without a contact', { from: at('bob@else.test') }, {}, 'no-known-reference'],
    [
      'P8: with a colleague who is a contact',
      { from: at('us@crm.test') },
      { contacts: new Set(['us@crm.test']) },
      'no-known-reference',
    ],
    ['with a paused contact', {}, { paused: new Set(['ann@customer.test']) }, 'contact-paused'],
    [
      'with a paused contact and a stranger',
      { cc: at('bob@else.test') },
      { paused: new Set(['ann@customer.test']) },
      'contact-paused',
    ],
    [
      'against a rule',
      {},
      { rules: [{ documentId: 'R', field: 'domain', pattern: 'customer.test', inboxDocumentId: null }] },
      'never-log-rule',
    ],
    ['of an un-logged thread', reply, { threads: inThread('unlogged') }, 'thread-unlogged'],
    ['of a muted thread', reply, { threads: inThread('muted') }, 'thread-muted'],
    [
      'whose own thread was un-logged',
      {},
      {
        threads: new Map([
          [
            'thread of root in.1@customer.test',
            threadWith({ documentId: 'thread of root in.1@customer.test', state: 'unlogged' }),
          ],
        ]),
      },
      'thread-unlogged',
    ],
    [
      'whose own thread is muted',
      {},
      {
        threads: new Map([
          [
            'thread of root in.1@customer.test',
            threadWith({ documentId: 'thread of root in.1@customer.test', state: 'muted' }),
          ],
        ]),
      },
      'thread-muted',
    ],
  ])('but not mail %s', (_, headers, facts, reason) => {
    expect(verdictOn(headers, all, facts)).toMatchObject({ kind: 'ignore', reason });
  });
});

describe('a paused contact', () => {
  const paused = { paused: new Set(['ann@customer.test']) };

  it.each<[string, Partial<MessageHeaders>, string]>([
    ['alone', reply, 'contact-paused'],
    [
      'as the only recipient of ours',
      { ...reply, from: at('us@crm.test'), to: at('ann@customer.test') },
      'contact-paused',
    ],
    ['who continues a thread by its subject', { subject: 'Re: Offer' }, 'contact-paused'],
  ])('%s is left alone', (_, headers, reason) => {
    const threads = new Map([['T', threadWith({ lastMessageAt: '2026-02-28T09:00:00.000Z' })]]);
    expect(verdictOn(headers, {}, { ...paused, threads })).toMatchObject({ kind: 'ignore', reason });
  });

  it('is logged with others who are not', () => {
    expect(verdictOn({ ...reply, cc: at('bob@else.test') }, {}, paused)).toMatchObject({ kind: 'log' });
  });
});
