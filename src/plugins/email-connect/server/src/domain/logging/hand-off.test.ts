import {
  candidateWith,
  contextWith,
  copiedBy,
  factsWith,
  headersWith,
  id,
} from '../../testing/fakes/build-mail';
import { dedupIdentity, fingerprint } from '../message/dedup-identity';
import type { Candidate, MessageHeaders } from '../message/message';
import { decide } from './decide';
import { decideChunk } from './decide-chunk';
import type { DecisionContext } from './decision-context';
import type { KnownId, LoggingFacts } from './verdict';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const ids = (...texts: string[]) => texts.map(id);

/** The mail `c.1@crm.test` that inbox `I` of `us@crm.test` sent in thread `T`, as everybody who got it knows it. */
const sent: Partial<MessageHeaders> = {
  messageId: id('c.1@crm.test'),
  references: ids('t.1@crm.test'),
  from: at('us@crm.test'),
  to: at('ann@customer.test'),
  cc: at('vic@crm.test'),
  subject: 'Offer',
  sentAt: '2026-03-01T09:00:00.000Z',
};
const record = { messageDocumentId: 'M1', threadDocumentId: 'T', inboxDocumentId: 'I' };
const own: KnownId = { kind: 'own', threadDocumentId: 'T', messageDocumentId: 'M1', copied: copiedBy(sent) };
const facts = (change: Partial<LoggingFacts> = {}): LoggingFacts =>
  factsWith({
    ids: new Map([
      [id('c.1@crm.test'), own],
      [id('t.1@crm.test'), { kind: 'token', threadDocumentId: 'T', messageDocumentId: null }],
    ]),
    sent: new Map([[fingerprint(headersWith(sent)), record]]),
    team: { addresses: new Set(['us@crm.test', 'vic@crm.test']), domains: new Set() },
    ...change,
  });

type Place = Partial<DecisionContext> & Partial<Pick<Candidate, 'labels' | 'serverThreadId'>>;
const verdictOn = (headers: Partial<MessageHeaders>, { labels = [], ...place }: Place, known = facts()) =>
  decide(candidateWith(headers, { labels }), known, contextWith(place)).verdict;

/** The kind of the verdict, what it is known or logged for, and the ids that it teaches. */
const outcomeOf = (headers: Partial<MessageHeaders>, place: Place): string => {
  const verdict = verdictOn(headers, place);
  switch (verdict.kind) {
    case 'known':
      return ['known', verdict.messageDocumentId, ...verdict.aliases].join(' ');
    case 'log':
      return `log ${verdict.threadDocumentId} ${verdict.evidence.rung} ${verdict.direction}`;
    case 'ignore':
      return `ignore ${verdict.reason}`;
    default:
      return verdict.kind;
  }
};

const rewritten: Partial<MessageHeaders> = { ...sent, messageId: id('p@server.test') };
const withOriginal: Partial<MessageHeaders> = { ...rewritten, originalMessageIds: ids('c.1@crm.test') };
const mallory: Partial<MessageHeaders> = { from: at('mallory@evil.test'), to: at('us@crm.test'), cc: [] };
const others: Partial<MessageHeaders> = { subject: 'Divorce papers', sentAt: '2026-03-01T11:00:00.000Z' };
const uncited: Partial<MessageHeaders> = { references: [] };
const delivered: Partial<MessageHeaders> = { deliveredTo: ['us+sent@crm.test'] };

const inSent: Place = { folderUse: 'sent' };
const labelled: Place = { folderUse: 'all', labels: ['sent'] };
const inbox: Place = { folderUse: 'inbox' };
const allMail: Place = { folderUse: 'all', labels: ['inbox'] };
const unnamed: Place = { folderUse: null };
const ofVic: Place = { folderUse: 'inbox', inboxDocumentId: 'V', inboxAddress: 'vic@crm.test' };

// prettier-ignore
describe('S44: an id is learned from the copy that the sending inbox filed, and from nothing else', () => {
  it.each<[string, Partial<MessageHeaders>, Place, string]>([
    // What the sending inbox filed.
    ['S14: in Sent, the old id gone', rewritten, inSent, 'known M1 p@server.test'],
    ['S14: in Sent, the old id kept', withOriginal, inSent, 'known M1 p@server.test'],
    ['S14: under the label of Sent', withOriginal, labelled, 'known M1 p@server.test'],
    ['S14: in Sent, the References dropped, the old id kept', { ...withOriginal, ...uncited }, inSent, 'known M1 p@server.test'],
    ['the copy that we appended ourselves', sent, inSent, 'known M1'],
    ['S14: that copy, and the id it had before', { ...sent, originalMessageIds: ids('o@client.test') }, inSent, 'known M1 o@client.test'],
    // The same mail elsewhere: one record (S26), and nothing learned.
    ['S26: in a folder whose use the server does not tell', withOriginal, unnamed, 'known M1'],
    ['S26: in INBOX of the sender', withOriginal, inbox, 'known M1'],
    ['S26: in All Mail without the label', rewritten, allMail, 'known M1'],
    ['S26: in INBOX of a colleague, the old id kept', withOriginal, ofVic, 'known M1'],
    ['S26: in INBOX of a colleague, the old id gone', rewritten, ofVic, 'known M1'],
    ['S26: in INBOX of a colleague, under its own id', sent, ofVic, 'known M1'],
    ['S26: in Sent of a colleague', withOriginal, { ...ofVic, folderUse: 'sent' }, 'known M1'],
    ['S26: from a list, under its own id', { ...sent, ...mallory, subject: '[list] Offer' }, inbox, 'known M1'],
    // What was delivered into Sent was not handed over here.
    ['delivered into Sent by its address', { ...withOriginal, ...delivered }, inSent, 'known M1'],
    ["in Sent, where a person moved it: a stranger's", { ...withOriginal, ...mallory }, inSent, 'known M1'],
    // A stranger who knows all of it.
    ['a stranger, nothing but the header', { ...withOriginal, ...mallory, ...uncited, ...others }, inbox, 'ignore no-known-reference'],
    ['a stranger, the header, our date and subject', { ...withOriginal, ...mallory, ...uncited }, inbox, 'ignore no-known-reference'],
    ['a stranger, the header and the token', { ...withOriginal, ...mallory, ...others }, inbox, 'log thread of split T divorce papers thread-token incoming'],
    ['a stranger, all of it', { ...withOriginal, ...mallory }, inbox, 'log T thread-token incoming'],
    ['a stranger, all of it, in a folder', { ...withOriginal, ...mallory }, unnamed, 'log T thread-token incoming'],
    ['a stranger, all of it, in All Mail', { ...withOriginal, ...mallory }, allMail, 'log T thread-token incoming'],
    ['a stranger, all of it, in INBOX of a colleague', { ...withOriginal, ...mallory }, ofVic, 'log T thread-token incoming'],
    ['a stranger, an answer with the header', { ...withOriginal, ...mallory, ...uncited, inReplyTo: ids('c.1@crm.test') }, inbox, 'log T in-reply-to incoming'],
    ['a stranger, the header names the token', { ...mallory, ...uncited, originalMessageIds: ids('t.1@crm.test') }, inbox, 'ignore no-known-reference'],
    ['a stranger in our name, all of it', withOriginal, inbox, 'known M1'],
    ['a stranger in our name, another subject', { ...withOriginal, ...others, to: at('us@crm.test', 'ann@customer.test') }, inbox, 'log thread of split T divorce papers thread-token outgoing'],
    ['a stranger in our name, nothing but the header', { ...withOriginal, ...uncited, ...others }, inbox, 'ignore no-known-reference'],
    // Another mail in Sent that names it: not the same by date and subject.
    ['in Sent, another mail that says nothing else', { ...withOriginal, ...uncited, ...others }, inSent, 'log thread of split T divorce papers original-id outgoing'],
    ['in Sent, another mail', { ...withOriginal, ...others }, inSent, 'log thread of split T divorce papers thread-token outgoing'],
  ])('%s', (_, headers, place, expected) => {
    expect(outcomeOf(headers, place)).toBe(expected);
  });
});

it('S44: the id of a copy counts for a mail of the chunk only if that is a copy too', () => {
  const inside = contextWith(inSent);
  const alike = candidateWith({
    ...rewritten,
    sentAt: '2026-03-01T12:00:00.000Z',
    subject: 'Something else',
  });
  const chunk = [candidateWith(withOriginal), alike, candidateWith(rewritten)];
  const decisions = decideChunk(chunk, facts({ sent: new Map() }), inside);
  expect(decisions.map(({ verdict }) => verdict.kind)).toEqual(['known', 'log', 'known']);
});

it('S44, c31: what stands in place of an id in a copy in Sent is no id of ours', () => {
  const broken = { ...sent, messageId: id('@no'), originalMessageIds: ids('o@client.test') };
  const recorded = new Map([[dedupIdentity(headersWith(broken), 1_000), record]]);
  expect(verdictOn(broken, inSent, facts({ recorded, sent: new Map() }))).toMatchObject({
    kind: 'known',
    aliases: [],
  });
});

it('S44: the id of which nothing is loaded makes no mail a copy', () => {
  const { copied, ...unloaded } = own;
  expect(copied).toBeDefined();
  const known = facts({ ids: new Map([[id('c.1@crm.test'), unloaded]]), sent: new Map() });
  expect(verdictOn({ ...sent, references: [] }, inbox, known)).toMatchObject({ kind: 'ignore' });
});

it('S44, S21: what a person removed keeps out its copy, and no mail of a stranger that names it', () => {
  const known = facts({ removed: new Set(['c.9@crm.test']) });
  const claim = { originalMessageIds: ids('c.9@crm.test'), references: ids('t.1@crm.test') };
  expect(verdictOn({ ...rewritten, ...others, ...claim }, inSent, known)).toMatchObject({
    reason: 'removed',
  });
  expect(verdictOn({ ...mallory, ...claim }, inbox, known)).toMatchObject({ kind: 'log' });
});
