import {
  candidateWith,
  contextWith,
  copiedBy,
  factsWith,
  headersWith,
  id,
  threadWith,
} from '../../testing/fakes/build-mail';
import { dedupIdentity, fingerprint } from '../message/dedup-identity';
import type { Candidate, MessageHeaders } from '../message/message';
import { decide } from './decide';
import type { DecisionContext } from './decision-context';
import type { KnownId, LoggingFacts } from './verdict';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const ids = (...texts: string[]) => texts.map(id);
const known = (kind: KnownId['kind'], messageDocumentId: string | null = 'M1', thread = 'T'): KnownId => ({
  kind,
  threadDocumentId: thread,
  messageDocumentId,
  copied: copiedBy(),
});
const idsOfThreads = new Map([
  [id('own@T'), known('own')],
  [id('alias@T'), known('alias')],
  [id('token@T'), known('token', null)],
  [id('own@M'), known('own', 'M2', 'M')],
  [id('own@U'), known('own', 'M3', 'U')],
]);
const threads = new Map([
  ['T', threadWith()],
  ['M', threadWith({ documentId: 'M', state: 'muted' })],
  ['U', threadWith({ documentId: 'U', state: 'unlogged' })],
]);
const facts = (change: Partial<LoggingFacts> = {}) => factsWith({ ids: idsOfThreads, threads, ...change });
const verdictOn = (
  change: Partial<MessageHeaders>,
  change2: Partial<LoggingFacts> = {},
  context: Partial<DecisionContext> = {},
  candidate: Partial<Omit<Candidate, 'headers'>> = {}
) => decide(candidateWith(change, candidate), facts(change2), contextWith(context)).verdict;

const isKnown = (...aliases: string[]) => ({
  kind: 'known',
  messageDocumentId: 'M1',
  threadDocumentId: 'T',
  aliases,
});

it.each<[string, Partial<MessageHeaders>, string[]]>([
  ['c33: the same Message-ID', { messageId: id('own@T') }, []],
  ['S14: an alias', { messageId: id('alias@T') }, []],
  ['although it references another thread', { messageId: id('own@T'), inReplyTo: ids('own@U') }, []],
])('%s', (_, change, aliases) => {
  expect(verdictOn(change)).toEqual(isKnown(...aliases));
});

it('before a never-log rule: it is a location, not a mail', () => {
  const rules = [
    { documentId: 'R', field: 'domain', pattern: 'customer.test', inboxDocumentId: null } as const,
  ];
  expect(verdictOn({ messageId: id('own@T') }, { rules })).toMatchObject({ kind: 'known' });
});

it('a message of a muted thread gains its location, one of an un-logged thread nothing (S21)', () => {
  expect(verdictOn({ messageId: id('own@M') })).toMatchObject({ kind: 'known', messageDocumentId: 'M2' });
  expect(verdictOn({ messageId: id('own@U') })).toMatchObject({ reason: 'thread-unlogged' });
});

it('not by a token, nor by an id that has no record yet', () => {
  const without = new Map([[id('a@x'), known('own', null)]]);
  expect(verdictOn({ messageId: id('a@x') }, { ids: without })).toMatchObject({
    reason: 'no-known-reference',
  });
  expect(verdictOn({ messageId: id('token@T') })).toMatchObject({ reason: 'no-known-reference' });
});

describe('c31: a mail without Message-ID', () => {
  const nameless = { messageId: null, inReplyTo: ids('own@T') };
  const recordedOnes = new Map([
    [
      dedupIdentity(headersWith(nameless), 1_000),
      { messageDocumentId: 'M1', threadDocumentId: 'T', inboxDocumentId: 'I' },
    ],
  ]);

  it('is known by what else tells mails apart', () => {
    expect(verdictOn(nameless, { recorded: recordedOnes })).toEqual(isKnown());
    expect(verdictOn(nameless, { recorded: recordedOnes }, {}, { size: 1_001 })).toMatchObject({
      kind: 'log',
    });
  });
});

describe('c32: another mail under the same Message-ID', () => {
  const first = headersWith({ messageId: id('own@T'), subject: 'Offer' });
  const withFingerprint = new Map([[id('own@T'), { ...known('own'), copied: copiedBy(first) }]]);

  it('a copy is known', () => {
    expect(verdictOn({ ...first, subject: '[EXT] Re: Offer' }, { ids: withFingerprint })).toEqual(isKnown());
  });

  it('another mail is judged by what it references', () => {
    const other = { ...first, subject: 'Invoice' };
    expect(verdictOn(other, { ids: withFingerprint })).toMatchObject({ reason: 'no-known-reference' });
    expect(verdictOn({ ...other, inReplyTo: ids('own@T') }, { ids: withFingerprint })).toMatchObject({
      kind: 'log',
    });
  });

  it('claiming the id as an earlier one makes no copy of it', () => {
    const claim = { messageId: id('b@x'), originalMessageIds: ids('own@T'), subject: 'Invoice' };
    const ours = { ...claim, from: at('us@crm.test'), to: at('ann@customer.test') };
    expect(verdictOn(ours, { ids: withFingerprint }, { folderUse: 'sent' })).toMatchObject({ kind: 'log' });
  });
});

describe('c37, S14: our own mail, back under another Message-ID', () => {
  const copy: Partial<MessageHeaders> = {
    messageId: id('rewritten@prod.outlook.test'),
    references: ids('token@T'),
    from: at('us@crm.test'),
    to: at('ann@customer.test'),
    subject: 'Offer',
  };
  const sent = new Map([
    [
      fingerprint(headersWith(copy)),
      { messageDocumentId: 'M1', threadDocumentId: 'T', inboxDocumentId: 'I' },
    ],
  ]);

  it.each<[DecisionContext['folderUse'], string[]]>([
    ['sent', []],
    ['all', ['sent']],
  ])('in Sent under another author, whom the server put in: it is known', (folderUse, labels) => {
    const renamed = { ...copy, from: at('alias@elsewhere.test') };
    expect(verdictOn(renamed, { sent }, { folderUse }, { labels })).toEqual(isKnown());
  });

  it('but not an answer to it that was written in the same second', () => {
    const answer = { ...copy, references: ids('token@T', 'own@T') };
    expect(verdictOn(answer, { sent }, { folderUse: 'sent' })).toMatchObject({
      kind: 'log',
      threadDocumentId: 'T',
    });
  });

  it.each<[string, Partial<MessageHeaders>, Partial<DecisionContext>, string[]]>([
    ['in Sent', {}, { folderUse: 'sent' }, []],
    ['with the label', {}, { folderUse: 'all' }, ['sent']],
    ['by Thread-Index', { references: [], threadIndexRoot: '01aa' }, { folderUse: 'sent' }, []],
  ])('is known, and its id is learned: %s', (_, change, context, labels) => {
    expect(verdictOn({ ...copy, ...change }, { sent }, context, { labels })).toEqual(
      isKnown('rewritten@prod.outlook.test')
    );
  });

  it.each<[string, Partial<MessageHeaders>, string]>([
    ['another date', { sentAt: '2026-03-01T10:00:01.000Z' }, 'log'],
    ['another subject', { subject: 'Invoice' }, 'log'],
    ['from someone else', { from: at('ann@customer.test') }, 'log'],
    ['no reference to the thread', { references: [] }, 'ignore'],
    ['a reference to another thread', { references: ids('own@U') }, 'ignore'],
  ])('is another mail with %s', (_, change, kind) => {
    expect(verdictOn({ ...copy, ...change }, { sent })).toMatchObject({ kind });
  });
});

describe('S21: what a person removed', () => {
  it.each<[string, Partial<MessageHeaders>]>([
    ['stays out', { messageId: id('gone@x'), inReplyTo: ids('own@T') }],
    [
      'under an id of its own',
      { messageId: id('new@ms'), originalMessageIds: ids('gone@x'), from: at('us@crm.test') },
    ],
  ])('%s', (_, change) => {
    const removed = new Set(['gone@x']);
    expect(verdictOn(change, { removed })).toMatchObject({ kind: 'ignore', reason: 'removed' });
    expect(verdictOn(change, { removed }, { byHand: true })).toMatchObject({ reason: 'removed' });
    expect(verdictOn(change, { removed }, { folderRole: 'log' })).toMatchObject({ reason: 'removed' });
  });

  it('even where an index still names its record', () => {
    expect(verdictOn({ messageId: id('own@T') }, { removed: new Set(['own@T']) })).toMatchObject({
      reason: 'removed',
    });
  });
});
