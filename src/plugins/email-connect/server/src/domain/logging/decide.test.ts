import {
  candidateWith,
  contextWith,
  copiedBy,
  factsWith,
  id,
  threadWith,
} from '../../testing/fakes/build-mail';
import type { MessageHeaders } from '../message/message';
import { decide } from './decide';
import { knownKeys } from './known-keys';
import type { DecisionContext } from './decision-context';
import type { KnownId, KnownThread, LoggingFacts } from './verdict';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const ids = (...texts: string[]) => texts.map(id);

const known = (
  kind: KnownId['kind'],
  threadDocumentId: string,
  messageDocumentId: string | null = null
): KnownId => ({
  kind,
  threadDocumentId,
  messageDocumentId,
  copied: copiedBy(),
});
const thread = (
  documentId: string,
  state: KnownThread['state'] = 'open',
  ...participants: string[]
): [string, KnownThread] => [
  documentId,
  threadWith({ documentId, state, participants: new Set(['us@crm.test', ...participants]) }),
];
/** Threads T (open), U (un-logged), M (muted), O (another open one), each with a message and a token. */
const facts = (change: Partial<LoggingFacts> = {}): LoggingFacts =>
  factsWith({
    ids: new Map(
      ['T', 'U', 'M', 'O'].flatMap((name): [ReturnType<typeof id>, KnownId][] => [
        [id(`own@${name}`), known('own', name, `message of ${name}`)],
        [id(`alias@${name}`), known('alias', name, `message of ${name}`)],
        [id(`token@${name}`), known('token', name)],
      ])
    ),
    threadIndexRoots: new Map([
      ['01aa', 'T'],
      ['01bb', 'U'],
    ]),
    threads: new Map([
      thread('T', 'open', 'ann@customer.test'),
      thread('U', 'unlogged'),
      thread('M', 'muted'),
      thread('O'),
    ]),
    ...change,
  });
const verdictOn = (
  change: Partial<MessageHeaders>,
  change2: Partial<LoggingFacts> = {},
  context: Partial<DecisionContext> = {}
) => decide(candidateWith(change), facts(change2), contextWith(context)).verdict;

describe('the ladder', () => {
  it.each<[string, Partial<MessageHeaders>, string, number, string, string]>([
    ['S5: In-Reply-To', { inReplyTo: ids('own@T') }, 'in-reply-to', 0.99, 'In-Reply-To', 'own@T'],
    [
      'S14: In-Reply-To an alias',
      { inReplyTo: ids('alias@T') },
      'in-reply-to',
      0.99,
      'In-Reply-To',
      'alias@T',
    ],
    [
      'c34: the second id of In-Reply-To',
      { inReplyTo: ids('x@y', 'own@T') },
      'in-reply-to',
      0.99,
      'In-Reply-To',
      'own@T',
    ],
    [
      'S15: any of References',
      { references: ids('x@y', 'own@T', 'z@y') },
      'references',
      0.97,
      'References',
      'own@T',
    ],
    [
      'P5: In-Reply-To unknown, References known',
      { inReplyTo: ids('x@y'), references: ids('own@T') },
      'references',
      0.97,
      'References',
      'own@T',
    ],
    [
      'In-Reply-To before References',
      { inReplyTo: ids('own@T'), references: ids('own@O') },
      'in-reply-to',
      0.99,
      'In-Reply-To',
      'own@T',
    ],
    [
      'b.4: the nearest of two threads',
      { references: ids('own@O', 'own@T') },
      'references',
      0.97,
      'References',
      'own@T',
    ],
    [
      'the token, when nothing nearer is known (c37)',
      { references: ids('token@T', 'x@y') },
      'thread-token',
      1,
      'References',
      'token@T',
    ],
    [
      'a message nearer than the token',
      { references: ids('token@O', 'own@T') },
      'references',
      0.97,
      'References',
      'own@T',
    ],
    ['the token in In-Reply-To', { inReplyTo: ids('token@T') }, 'thread-token', 1, 'In-Reply-To', 'token@T'],
    ['c36: Thread-Index alone', { threadIndexRoot: '01aa' }, 'thread-index', 0.95, 'Thread-Index', '01aa'],
    [
      'References before Thread-Index',
      { references: ids('own@T'), threadIndexRoot: '01bb' },
      'references',
      0.97,
      'References',
      'own@T',
    ],
  ])('%s', (_, change, rung, confidence, header, value) => {
    expect(verdictOn(change)).toEqual({
      kind: 'log',
      threadDocumentId: 'T',
      begins: null,
      origin: 'reply',
      direction: 'incoming',
      evidence: { rung, confidence, header, value },
      notice: null,
      answersDocumentId: null,
    });
  });

  it.each<[string, Partial<MessageHeaders>]>([
    ['no subject', { subject: '' }],
    ['c41: another sender', { from: at('assistant@elsewhere.test') }],
    ['c42: other recipients', { to: at('someone@elsewhere.test'), cc: at('new@elsewhere.test') }],
    ['no sender', { from: [] }],
    ['no Message-ID (c31)', { messageId: null }],
    ['no date (c23)', { sentAt: null }],
    ['a mailing list (c51)', { listId: '<l>', precedence: 'list' }],
  ])('S15: asks for nothing else: %s', (_, change) => {
    expect(verdictOn({ inReplyTo: ids('own@T'), ...change })).toMatchObject({
      kind: 'log',
      threadDocumentId: 'T',
    });
  });

  it('S16: logs from Junk as from anywhere', () => {
    expect(verdictOn({ inReplyTo: ids('own@T') }, {}, { folderUse: 'junk' })).toMatchObject({
      kind: 'log',
      origin: 'reply',
    });
  });

  it('P6: labels a notice on the message it answers', () => {
    expect(verdictOn({ inReplyTo: ids('own@T'), autoSubmitted: 'auto-replied' })).toMatchObject({
      kind: 'log',
      notice: 'auto-reply',
    });
  });

  it.each<[string, Partial<MessageHeaders>]>([
    ['S18: a fresh message from a known contact', {}],
    ['S17: a reply to mail that was never logged', { inReplyTo: ids('x@y'), references: ids('w@y', 'x@y') }],
    ['a subject that looks like one', { subject: 'Re: Offer' }],
    ['an unknown Thread-Index', { threadIndexRoot: '01ff' }],
    ['no header at all', { messageId: null, from: [], to: [], subject: '', sentAt: null }],
  ])('logs nothing else: %s', (_, change) => {
    expect(verdictOn(change)).toMatchObject({ kind: 'ignore', reason: 'no-known-reference' });
  });
});

describe('S21: un-logged and muted threads', () => {
  it.each<[string, Partial<MessageHeaders>, string]>([
    ['a reply to an un-logged thread', { inReplyTo: ids('own@U') }, 'thread-unlogged'],
    ['by its token', { references: ids('token@U') }, 'thread-unlogged'],
    ['by Thread-Index', { threadIndexRoot: '01bb' }, 'thread-unlogged'],
    [
      'although an open thread is referenced further off',
      { inReplyTo: ids('own@U'), references: ids('own@T', 'own@U') },
      'thread-unlogged',
    ],
    ['a message of it, seen again in another mailbox', { messageId: id('own@U') }, 'thread-unlogged'],
    [
      'its Sent copy with another id',
      { messageId: id('new@ms'), originalMessageIds: ids('own@U'), from: at('us@crm.test') },
      'thread-unlogged',
    ],
    ['a reply to a muted thread', { inReplyTo: ids('own@M') }, 'thread-muted'],
  ])('%s', (_, change, reason) => {
    expect(verdictOn(change)).toMatchObject({ kind: 'ignore', reason });
  });

  it('a thread whose record is gone counts as un-logged', () => {
    expect(verdictOn({ inReplyTo: ids('own@T') }, { threads: new Map() })).toMatchObject({
      reason: 'thread-unlogged',
    });
  });

  it('an open thread that is nearer is logged', () => {
    expect(verdictOn({ inReplyTo: ids('own@T'), references: ids('own@U', 'own@T') })).toMatchObject({
      kind: 'log',
      threadDocumentId: 'T',
    });
  });
});

it('S19: a verdict that ignores names no address and no subject', () => {
  const canary = 'canary4711';
  const rules = [{ documentId: 'R', field: 'subject', pattern: canary, inboxDocumentId: null } as const];
  const mail = {
    from: at(`${canary}@x.test`),
    to: at(`${canary}@y.test`),
    subject: canary,
    messageId: id(`${canary}@x`),
  };
  for (const verdict of [
    verdictOn({ ...mail, references: ids(`${canary}@z`) }),
    verdictOn(mail, { rules }),
    verdictOn({ ...mail, inReplyTo: ids('own@U') }),
    verdictOn({ ...mail, inReplyTo: ids('own@M') }),
    verdictOn({ ...mail, inReplyTo: ids('own@T'), from: at('us@crm.test') }),
  ]) {
    expect(verdict.kind).toBe('ignore');
    expect(JSON.stringify(verdict)).not.toContain(canary);
  }
});

it('knownKeys: every id that could bear on a message, nearest first, each once', () => {
  const candidate = candidateWith(
    {
      messageId: id('own@x'),
      originalMessageIds: ids('orig@x'),
      inReplyTo: ids('b@x'),
      references: ids('a@x', 'b@x', 'c@x'),
    },
    { returned: { messageIds: ids('sent@x', 'a@x'), envelopeId: '<envelope@X>', recipients: [] } }
  );
  expect(knownKeys(candidate)).toEqual(['own@x', 'orig@x', 'b@x', 'c@x', 'a@x', 'sent@x', 'envelope@x']);
  expect(knownKeys(candidateWith({ messageId: null }))).toEqual([]);
});
