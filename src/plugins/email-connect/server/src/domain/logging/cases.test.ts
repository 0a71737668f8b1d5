import {
  candidateWith,
  contextWith,
  copiedBy,
  factsWith,
  headersWith,
  id,
  threadWith,
} from '../../testing/fakes/build-mail';
import { fingerprint } from '../message/dedup-identity';
import type { Candidate, MessageHeaders, NoticeKind } from '../message/message';
import { decide } from './decide';
import type { DecisionContext } from './decision-context';
import { decideChunk } from './decide-chunk';
import type { KnownId, LoggingFacts } from './verdict';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const ids = (...texts: string[]) => texts.map(id);
const us = at('us@crm.test');
const ann = at('ann@customer.test');
const bob = at('bob@elsewhere.test');
const colleague = at('colleague@crm.test');

/** Thread `T` "Offer" of us and Ann: `sent@crm` (M1) was answered by `ann@c` (M2); `t@crm` is its token, `01aa` its Thread-Index. */
const known = (
  kind: KnownId['kind'],
  messageDocumentId: string | null,
  headers: Partial<MessageHeaders> = {}
): KnownId => ({
  kind,
  threadDocumentId: 'T',
  messageDocumentId,
  copied: copiedBy(headers),
});
const knownIds = new Map([
  [id('sent@crm'), known('own', 'M1')],
  [id('ann@c'), known('own', 'M2')],
  [id('t@crm'), known('token', null)],
]);
const facts = (change: Partial<LoggingFacts> = {}) =>
  factsWith({
    ids: knownIds,
    threads: new Map([['T', threadWith({ lastMessageAt: '2026-02-20T09:00:00.000Z' })]]),
    team: { addresses: new Set(['us@crm.test', 'colleague@crm.test']), domains: new Set() },
    ...change,
  });
const recordedAs = (messageId: string, headers: Partial<MessageHeaders>) =>
  new Map([...knownIds, [id(messageId), known('own', 'M2', headers)]]);
const sentAs = (headers: Partial<MessageHeaders>) =>
  new Map([
    [
      fingerprint(headersWith(headers)),
      { messageDocumentId: 'M1', threadDocumentId: 'T', inboxDocumentId: 'I' },
    ],
  ]);

interface Where extends Partial<Omit<Candidate, 'headers'>>, Partial<DecisionContext> {
  facts?: Partial<LoggingFacts>;
}
const inSent: Where = { folderUse: 'sent' };

/** `log`: into T by that rung; `split`: into what continues T; anything else: the kind or the reason. */
const outcomeOf = (headers: Partial<MessageHeaders>, { facts: change, ...where }: Where) => {
  const { verdict } = decide(candidateWith(headers, where), facts(change), contextWith(where));
  if (verdict.kind === 'ignore') return verdict.reason;
  if (verdict.kind === 'known') return ['known', verdict.messageDocumentId, ...verdict.aliases].join(' ');
  if (verdict.kind === 'ask') return `ask ${verdict.evidence.rung}`;
  if (verdict.kind !== 'log') return verdict.kind;
  const place = verdict.begins?.continuesDocumentId === 'T' ? 'split' : verdict.threadDocumentId;
  return [place, verdict.evidence.rung, verdict.direction, ...(verdict.notice ? [verdict.notice] : [])].join(
    ' '
  );
};

const reply = { inReplyTo: ids('sent@crm') };
const stripped: Partial<MessageHeaders> = { inReplyTo: [], references: [] };
const rewritten = {
  messageId: id('x@outlook'),
  from: us,
  to: ann,
  subject: 'Offer',
  references: ids('t@crm'),
};
const mailSystem = {
  from: at('mailer-daemon@crm.test'),
  subject: 'Undeliverable: Offer',
  contentType: 'multipart/report; report-type=delivery-status',
};
const returning = (...messageIds: string[]) => ({
  returned: { messageIds: ids(...messageIds), envelopeId: '', recipients: [] },
});
const receipt = {
  contentType: 'multipart/report; report-type=disposition-notification',
  subject: 'Read: Offer',
};

// prettier-ignore
// One line: the case, the mail, where and with what it is met, what becomes of it, and by which rule of docs/mail-cases.md or promise.
it.each<[string, Partial<MessageHeaders>, Where, string]>([
  ['c31 no Message-ID', { ...reply, messageId: null }, {}, 'T in-reply-to incoming'], // a.9
  ['c31 no Message-ID, nothing cited', { messageId: null, subject: 'Hello' }, {}, 'no-known-reference'], // S18
  ['c32 an id used again', { messageId: id('ann@c'), subject: 'Invoice', ...reply }, { facts: { ids: recordedAs('ann@c', {}) } }, 'split in-reply-to incoming'], // a.9: another mail, judged by what it cites
  ['c32 an id used again, citing nothing', { messageId: id('ann@c'), subject: 'Invoice' }, { facts: { ids: recordedAs('ann@c', {}) } }, 'no-known-reference'], // a.9
  ['c33 seen again in All Mail', { messageId: id('ann@c') }, { folderUse: 'all' }, 'known M2'], // S26
  ['c33 our own, seen in Sent', { messageId: id('sent@crm'), from: us, to: ann }, inSent, 'known M1'], // S26
  ['c34 several ids in In-Reply-To', { inReplyTo: ids('x@y', 'sent@crm', 'z@y') }, {}, 'T in-reply-to incoming'], // b.2
  ['c34 300 references', { references: [...Array.from({ length: 300 }, (_, i) => id(`r${i}@y`)), id('ann@c')] }, {}, 'T references incoming'], // b.2
  ['c35 only the token is left', { references: ids('t@crm') }, {}, 'T thread-token incoming'], // b.3-1
  ['c35 only a middle id is left', { inReplyTo: ids('x@y'), references: ids('ann@c', 'x@y') }, {}, 'T references incoming'], // S15
  ['c35 only Thread-Index is left', { ...stripped, threadIndexRoot: '01aa' }, {}, 'T thread-index incoming'], // b.3-5
  ['c36 both headers stripped', stripped, {}, 'ask subject'], // b.3-11
  ['c36 no reply mark', { ...stripped, subject: 'Offer' }, {}, 'no-known-reference'], // b.3-12
  ['c36 from someone else', { ...stripped, from: bob }, {}, 'no-known-reference'], // b.3-11
  ['c36 another subject', { ...stripped, subject: 'Re: Invoice' }, {}, 'no-known-reference'], // b.3-11
  ['c36 by ourselves', { ...stripped, from: us, to: ann }, {}, 'no-known-reference'], // b.3-11: it has no other side
  ['c36 in a muted thread', stripped, { facts: { threads: new Map([['T', threadWith({ state: 'muted', lastMessageAt: '2026-02-20T09:00:00.000Z' })]]) } }, 'no-known-reference'], // b.3-11
  ['c36 after 31 days', stripped, { receivedAt: '2026-03-23T09:00:01.000Z' }, 'no-known-reference'], // b.3-11
  ['c36 two such threads', stripped, { facts: { threads: new Map(['T', 'V'].map((documentId) => [documentId, threadWith({ documentId, lastMessageAt: '2026-02-20T09:00:00.000Z' })])) } }, 'no-known-reference'], // b.3-12
  ['c36 the server knows the thread', stripped, { serverThreadId: '17', facts: { serverThreads: new Map([['17', 'T']]) } }, 'T server-thread incoming'], // b.3-7
  ['c36 the server groups by subject', { ...stripped, from: bob, subject: 'Offer' }, { serverThreadId: '17', facts: { serverThreads: new Map([['17', 'T']]) } }, 'no-known-reference'], // b.3-7: nobody of it is on it
  ['c37 our Sent copy under another id', rewritten, { ...inSent, facts: { sent: sentAs(rewritten) } }, 'known M1 x@outlook'], // S14
  ['c37 our Sent copy with its original id', { ...rewritten, originalMessageIds: ids('sent@crm') }, inSent, 'known M1 x@outlook'], // b.3-6
  ['c37 a reply to the other id', { inReplyTo: ids('x@outlook'), references: ids('t@crm', 'x@outlook') }, {}, 'T thread-token incoming'], // b.3-1
  ['c38 another subject', { ...reply, subject: 'Re: Delivery date' }, {}, 'split in-reply-to incoming'], // b.3: a thread record of its own
  ['c38 no subject', { ...reply, subject: 'Re:' }, {}, 'T in-reply-to incoming'], // nothing to compare
  ['c39 a new topic by the reply button', { ...reply, references: ids('t@crm', 'sent@crm'), subject: 'Summer party' }, {}, 'split in-reply-to incoming'], // b.3
  ['c39 by someone who takes no part', { from: bob, inReplyTo: ids('x@y'), references: ids('ann@c', 'x@y'), subject: 'Summer party' }, {}, 'ask other-topic'], // b.3-8
  ['c39 the same, answering nothing else', { from: bob, references: ids('ann@c'), subject: 'Summer party' }, {}, 'split references incoming'], // S15
  ['c39 the same by Ann', { inReplyTo: ids('x@y'), references: ids('ann@c', 'x@y'), subject: 'Summer party' }, {}, 'split references incoming'], // b.3-3
  ['c39 the same, citing what we signed', { from: bob, inReplyTo: ids('x@y'), references: ids('t@crm', 'x@y'), subject: 'Summer party' }, {}, 'split thread-token incoming'], // b.3-1 before b.3-8
  ...['AW: Offer', 'SV: Offer', 'Antw: Offer', '回复: Offer', 'RE[2]: Offer', 'Re:Offer', '[EXTERNAL] Re: Offer', 'Re: AW: Fwd: offer'].map(
    (subject): [string, Partial<MessageHeaders>, Where, string] => [`c40 ${subject}`, { ...reply, subject }, {}, 'T in-reply-to incoming'] // RFC 5256 2.1
  ),
  ['c41 from no address', { ...reply, from: at('') }, {}, 'T in-reply-to incoming'], // S15
  ['c41 from another address', { ...reply, from: at('ann@private.test') }, {}, 'T in-reply-to incoming'], // S15
  ['c42 new people in Cc', { ...reply, cc: bob }, {}, 'T in-reply-to incoming'], // S15
  ['c42 from whoever was on Bcc', { ...reply, from: bob }, {}, 'T in-reply-to incoming'], // S15
  ['c43 a third party answers', { from: bob, inReplyTo: ids('fwd@y'), references: ids('t@crm', 'sent@crm', 'fwd@y'), subject: 'Re: Fwd: Offer' }, {}, 'T references incoming'], // S15
  ['c44 we forward it to a colleague', { ...reply, from: us, to: colleague, subject: 'Fwd: Offer' }, inSent, 'side-conversation'], // S22
  ['c44 we forward it to a spouse', { ...reply, from: us, to: bob, subject: 'Fwd: Offer' }, inSent, 'side-conversation'], // b.6
  ['c44 the colleague answers us', { ...reply, from: colleague, to: us }, {}, 'side-conversation'], // S22
  ['c44 the colleague answers Ann', { ...reply, from: colleague, to: ann, cc: us }, {}, 'T in-reply-to outgoing'], // S22: she takes part
  ['c45 we answer from a phone', { inReplyTo: ids('ann@c'), from: us, to: ann }, inSent, 'T in-reply-to outgoing'], // b.3-2
  ['c45 the same, in All Mail', { inReplyTo: ids('ann@c'), from: at('alias@crm2.test'), to: ann }, { folderUse: 'all', labels: ['sent'] }, 'T in-reply-to outgoing'], // Gmail
  ['c46 before what it answers is known', { inReplyTo: ids('late@crm'), subject: 'Hi' }, {}, 'no-known-reference'], // b.6: asked again once `late@crm` is known
  ['c46 after it is', { inReplyTo: ids('late@crm') }, { facts: { ids: new Map([[id('late@crm'), known('own', 'M9')]]) } }, 'T in-reply-to incoming'],
  ['c47 among junk', reply, { folderUse: 'junk' }, 'T in-reply-to incoming'], // S16
  ['c48 an auto-reply', { ...reply, autoSubmitted: 'auto-replied', subject: 'Out of office' }, {}, 'T in-reply-to incoming auto-reply'], // P6: no split
  ['c48 an auto-reply to nothing', { autoSubmitted: 'auto-replied', subject: 'Out of office' }, {}, 'no-known-reference'], // b.5
  ['c49 a bounce, first look', mailSystem, {}, 'inspect'], // P6
  ['c49 a bounce of our mail', mailSystem, returning('x@y', 'sent@crm'), 'T returned-id incoming bounce'], // b.3-9
  ['c49 a bounce by its envelope', mailSystem, { returned: { messageIds: [], envelopeId: 'sent@crm', recipients: [] } }, 'T envelope-id incoming bounce'], // RFC 3464 2.2.1
  ['c49 a bounce of other mail', mailSystem, returning('x@y'), 'no-known-reference'], // S19
  ['c49 a delay', { ...mailSystem, subject: 'Delivery delayed: Offer' }, returning('sent@crm'), 'T returned-id incoming delay'], // P6
  ['c49 a report that it arrived', mailSystem, { returned: { messageIds: ids('sent@crm'), envelopeId: '', recipients: [{ address: 'ann@c', forwardedTo: '', action: 'delivered', status: '2.0.0', diagnostic: '' }] } }, 'T returned-id incoming receipt'], // the report is truer than the subject
  ['c49 a bounce by our own mail system', mailSystem, { ...returning('sent@crm'), facts: { team: { addresses: new Set(), domains: new Set(['crm.test']) } } }, 'T returned-id incoming bounce'], // no talk among ourselves
  ['c49 a bounce that cites', { ...mailSystem, ...reply }, {}, 'T in-reply-to incoming bounce'], // P6
  ['c50 a receipt', receipt, returning('sent@crm'), 'T returned-id incoming receipt'], // b.3-10
  ['c50 a complaint', { contentType: 'multipart/report; report-type=feedback-report', from: at('fbl@provider.test'), subject: 'Abuse report' }, returning('sent@crm'), 'T returned-id incoming complaint'], // RFC 5965
  ['c51 a list passes it on', { ...reply, from: at('list@groups.test'), replyTo: ann, listId: '<list>', precedence: 'list' }, {}, 'T in-reply-to incoming'], // S15
  ['c51 our copy by the list', { messageId: id('ann@c'), from: at('list@groups.test'), subject: '[list] Re: Offer' }, { facts: { ids: recordedAs('ann@c', {}) } }, 'known M2'], // a.9
  ['c52 a test to oneself', { ...reply, from: us, to: us }, { facts: { threads: new Map([['T', threadWith({ participants: new Set(['us@crm.test']) })]]) } }, 'T in-reply-to outgoing'], // once, outgoing
  ['c52 a test among us, answered', { ...reply, from: colleague, to: us }, { facts: { threads: new Map([['T', threadWith({ participants: new Set(['us@crm.test', 'colleague@crm.test']) })]]) } }, 'T in-reply-to outgoing'], // S22: nobody else is in it
  ['c52 the same, seen again', { messageId: id('sent@crm'), from: us, to: us }, {}, 'known M1'], // no answer to itself
])('%s', (_, headers, where, expected) => {
  expect(outcomeOf(headers, where)).toBe(expected);
});

it.each<[string, Partial<MessageHeaders>, Where, NoticeKind, string | null]>([
  ['c48 an auto-reply', { ...reply, autoSubmitted: 'auto-replied' }, {}, 'auto-reply', 'M1'],
  ['c49 a bounce', mailSystem, returning('ann@c'), 'bounce', 'M2'],
  [
    'c49 a bounce of which only the thread is known',
    { ...mailSystem, references: ids('t@crm') },
    {},
    'bounce',
    null,
  ],
  ['c50 a receipt', receipt, returning('sent@crm'), 'receipt', 'M1'],
])('P6: a notice says which message it is about: %s', (_, headers, where, notice, answersDocumentId) => {
  const { verdict } = decide(candidateWith(headers, where), facts(), contextWith(where));
  expect(verdict).toMatchObject({ kind: 'log', threadDocumentId: 'T', notice, answersDocumentId });
});

it('P6: what is no notice answers nothing by name', () => {
  expect(decide(candidateWith(reply), facts(), contextWith()).verdict).toMatchObject({
    notice: null,
    answersDocumentId: null,
  });
});

describe('c38, c39: what splits off a thread', () => {
  const other = { ...reply, subject: 'Re: Delivery date' };
  const continuation = 'thread of split T delivery date';
  const withContinuation = (state: 'open' | 'muted' | 'unlogged') => ({
    threads: new Map([
      ['T', threadWith()],
      [continuation, threadWith({ documentId: continuation, baseSubject: 'delivery date', state })],
    ]),
  });

  it('begins a thread that continues it', () => {
    expect(decide(candidateWith(other), facts(), contextWith()).verdict).toMatchObject({
      kind: 'log',
      threadDocumentId: continuation,
      begins: { subject: 'Delivery date', baseSubject: 'delivery date', continuesDocumentId: 'T' },
    });
  });

  it('goes on in it once it is there', () => {
    expect(outcomeOf(other, { facts: withContinuation('open') })).toBe(
      `${continuation} in-reply-to incoming`
    );
  });

  it.each([
    ['muted', 'thread-muted'],
    ['unlogged', 'thread-unlogged'],
  ] as const)('stays out when it was %s, and its parent goes on', (state, reason) => {
    expect(outcomeOf(other, { facts: withContinuation(state) })).toBe(reason);
    expect(outcomeOf(reply, { facts: withContinuation(state) })).toBe('T in-reply-to incoming');
  });
});

it('c46: a reply that came before what it answers, in one chunk', () => {
  const first = candidateWith({ messageId: id('b@c'), inReplyTo: ids('phone@crm') });
  const second = candidateWith({ messageId: id('phone@crm'), inReplyTo: ids('ann@c'), from: us, to: ann });
  const verdicts = decideChunk([first, second], facts(), contextWith()).map(({ verdict }) => verdict);
  expect(verdicts).toMatchObject([
    { kind: 'log', direction: 'incoming' },
    { kind: 'log', direction: 'outgoing' },
  ]);
});
