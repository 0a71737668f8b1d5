import { candidateWith, contextWith, factsWith, id, threadWith } from '../../testing/fakes/build-mail';
import type { MessageHeaders } from '../message/message';
import { decide } from './decide';
import type { LoggingFacts } from './verdict';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const reply = { inReplyTo: [id('sent.1@crm.test')] };
const stepsOf = (
  headers: Partial<MessageHeaders>,
  facts: Partial<LoggingFacts> = {},
  context: Parameters<typeof contextWith>[0] = {}
) => decide(candidateWith(headers), factsWith(facts), contextWith(context)).steps;
const namesOf = (...input: Parameters<typeof stepsOf>) => stepsOf(...input).map(({ step }) => step);

describe('P9: why is this mail (not) here?', () => {
  it('everything that was asked of a stranger, in order', () => {
    expect(namesOf({})).toEqual([
      'draft',
      'recorded',
      'removed',
      'folder-role',
      'by-hand',
      'log-address',
      'never-log-rule',
      'own-id',
      'in-reply-to',
      'references',
      'thread-index',
      'original-id',
      'server-thread',
      'returned-part',
      'subject',
      'known-contact',
      'nothing',
    ]);
  });

  it('the header that decided, behind what its thread was asked', () => {
    const steps = stepsOf(reply);
    expect(steps.slice(-4).map(({ step }) => step)).toEqual([
      'thread-state',
      'contact-paused',
      'side-conversation',
      'in-reply-to',
    ]);
    expect(steps.at(-1)).toEqual({
      step: 'in-reply-to',
      outcome: 'decided',
      header: 'In-Reply-To',
      value: 'sent.1@crm.test',
      ruleDocumentId: null,
      detail: 'It answers a recorded message.',
    });
  });

  it.each<[string, Partial<MessageHeaders>, Partial<LoggingFacts>, string[]]>([
    [
      'a muted thread',
      reply,
      { threads: new Map([['T', threadWith({ state: 'muted' })]]) },
      ['in-reply-to', 'thread-state'],
    ],
    [
      'a paused contact',
      reply,
      { paused: new Set(['ann@customer.test']) },
      ['in-reply-to', 'thread-state', 'contact-paused'],
    ],
    [
      'a side conversation',
      { ...reply, from: at('us@crm.test'), to: at('us@crm.test') },
      {},
      ['in-reply-to', 'thread-state', 'contact-paused', 'side-conversation'],
    ],
  ])('what was found, and what its thread objects: %s', (_, headers, facts, names) => {
    const steps = stepsOf(headers, facts);
    expect(steps.slice(-names.length).map(({ step }) => step)).toEqual(names);
    expect(steps.filter(({ outcome }) => outcome === 'decided')).toEqual(steps.slice(-1));
    expect(steps.at(-names.length)).toMatchObject({ header: 'In-Reply-To', value: 'sent.1@crm.test' });
  });

  it('that it is a copy of an un-logged mail', () => {
    const threads = new Map([['T', threadWith({ state: 'unlogged' })]]);
    expect(stepsOf({ messageId: id('sent.1@crm.test') }, { threads }).slice(-2)).toMatchObject([
      { step: 'recorded', header: 'Message-ID', value: 'sent.1@crm.test' },
      { step: 'thread-state', outcome: 'decided' },
    ]);
  });

  it('the rule', () => {
    const rules = [{ documentId: 'R', field: 'subject', pattern: 'offer', inboxDocumentId: null } as const];
    expect(stepsOf(reply, { rules }).at(-1)).toMatchObject({
      step: 'never-log-rule',
      header: 'Subject',
      value: 'Re: Offer',
      ruleDocumentId: 'R',
    });
  });

  it('an id that only we can have made', () => {
    expect(stepsOf(reply, {}, { isMinted: () => true }).at(-1)).toMatchObject({ step: 'own-id' });
  });

  it('an id of ours of which there is no record: a database put back from a backup', () => {
    const isMinted = (one: string) => one === 'lost@crm.test';
    const lost = { reason: 'unknown-own-id' };
    const verdictOn = (headers: Partial<MessageHeaders>) =>
      decide(candidateWith(headers), factsWith(), contextWith({ isMinted })).verdict;
    expect(verdictOn({ inReplyTo: [id('lost@crm.test')] })).toMatchObject(lost);
    expect(verdictOn({ references: [id('lost@crm.test'), id('x@y')] })).toMatchObject(lost);
    expect(verdictOn({ messageId: id('lost@crm.test') })).toMatchObject(lost);
    expect(verdictOn({ inReplyTo: [id('x@y')] })).toMatchObject({ reason: 'no-known-reference' });
    expect(verdictOn({ inReplyTo: [id('lost@crm.test'), id('sent.1@crm.test')] })).toMatchObject({
      kind: 'log',
    });
  });

  it('a signed id is sure, a nearer one without signature decides over it (b.4)', () => {
    const ids = new Map([
      [id('ours@T'), { kind: 'own', threadDocumentId: 'T', messageDocumentId: 'M1' } as const],
      [id('theirs@V'), { kind: 'own', threadDocumentId: 'V', messageDocumentId: 'M2' } as const],
    ]);
    const threads = new Map(['T', 'V'].map((documentId) => [documentId, threadWith({ documentId })]));
    const evidenceOf = (references: string[]) =>
      decide(
        candidateWith({ references: references.map(id) }),
        factsWith({ ids, threads }),
        contextWith({ isMinted: (one) => one === 'ours@T' })
      ).verdict;
    expect(evidenceOf(['theirs@V', 'ours@T'])).toMatchObject({
      threadDocumentId: 'T',
      evidence: { rung: 'references', confidence: 1 },
    });
    expect(evidenceOf(['ours@T', 'theirs@V'])).toMatchObject({
      threadDocumentId: 'V',
      evidence: { rung: 'references', confidence: 0.97 },
    });
  });
});
