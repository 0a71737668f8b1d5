import type { SpecialUse } from '../../domain/sync/folder';
import type { Candidate, MessageHeaders, ReadMessage } from '../../domain/message/message';
import type { Verdict } from '../../domain/logging/verdict';
import { candidateWith, id } from '../../testing/fakes/build-mail';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { messageToRecord } from './fetch-message';

const verdict: Extract<Verdict, { kind: 'log' }> = {
  kind: 'log',
  threadDocumentId: 'T',
  begins: null,
  origin: 'sent-folder',
  direction: 'outgoing',
  evidence: { rung: 'in-reply-to', confidence: 0.99, header: 'In-Reply-To', value: 'sent.1@crm.test' },
  notice: null,
  answersDocumentId: null,
};
const ports = {
  random: { bytes: () => new Uint8Array(10) },
  secrets: { sign: () => 'x' },
  clock: { now: () => new Date(0) },
} as unknown as Parameters<typeof messageToRecord>[0];

const recordOf = (
  headers: Partial<MessageHeaders>,
  folderUse: SpecialUse | null,
  change: Partial<Omit<Candidate, 'headers'>> = {},
  { trace = [], ...logged }: Partial<typeof verdict & Pick<ReadMessage, 'trace'>> = {}
) => {
  const candidate = candidateWith(
    {
      messageId: id('new@ms'),
      originalMessageIds: [id('old@client')],
      from: [{ address: 'us@crm.test', displayName: '' }],
      ...headers,
    },
    change
  );
  const parsed: ReadMessage = {
    headers: candidate.headers,
    text: '',
    html: '',
    attachments: [],
    parsedAs: 'mime',
    marks: [],
    embedded: [],
    trace,
  };
  return messageToRecord(ports, inboxWith({}), candidate, { ...verdict, ...logged }, parsed, folderUse);
};

it.each<[string, Partial<MessageHeaders>, SpecialUse | null, Partial<Candidate>, string[]]>([
  ['a mail in Sent', {}, 'sent', {}, ['old@client']],
  ['a mail under the label of Sent', {}, 'all', { labels: ['sent'] }, ['old@client']],
  ['a mail in INBOX', {}, 'inbox', {}, []],
  [
    'a mail of somebody else in Sent',
    { from: [{ address: 'a@evil.test', displayName: '' }] },
    'sent',
    {},
    [],
  ],
  ['a mail in a folder of no known use', {}, null, {}, []],
  ['a mail among junk', {}, 'junk', {}, []],
  ['a mail that was delivered into Sent', { deliveredTo: ['us+sent@crm.test'] }, 'sent', {}, []],
])(
  'S44: %s: which ids that it had before are known from then on',
  (_, headers, folderUse, change, aliases) => {
    expect(recordOf(headers, folderUse, change).aliases).toEqual(aliases);
  }
);

it('c47: what was found among junk says so', () => {
  expect([recordOf({}, 'junk').isJunk, recordOf({}, 'inbox').isJunk]).toEqual([true, false]);
});

describe('S44: a mail of which the own server says that DMARC failed', () => {
  const trace: ReadMessage['trace'] = [
    { name: 'authentication-results', value: 'mx.crm.test; dmarc=fail header.from=customer.test' },
    { name: 'received', value: 'from out.test ([192.0.2.1]) by mx.crm.test with ESMTP id 1; now' },
  ];
  const from = (address: string) => ({ from: [{ address, displayName: '' }] });
  const failsIn = (address: string, logged: Parameters<typeof recordOf>[3]): boolean =>
    recordOf(from(address), 'inbox', {}, { direction: 'incoming', trace, ...logged }).failsDmarc;

  it.each(['reply', 'by-hand', 'backfill', 'log-address'] as const)('says so, logged as %s', (origin) => {
    expect(failsIn('cleo@customer.test', { origin })).toBe(true);
  });

  it.each(['bounce', 'auto-reply', 'receipt'] as const)(
    'says so, taken for %s: one field of its own makes a mail a notice',
    (notice) => {
      expect(failsIn('cleo@customer.test', { notice })).toBe(true);
    }
  );

  it('says so in our own name, too: the direction is only what its From says', () => {
    const ours = trace.map((field) => ({ ...field, value: field.value.replace('customer', 'crm') }));
    expect(failsIn('us@crm.test', { direction: 'outgoing', trace: ours })).toBe(true);
  });

  it.each<[string, string, Parameters<typeof recordOf>[3]]>([
    ['by another domain', 'cleo@elsewhere.test', {}],
    ['where that stands below another server', 'cleo@customer.test', { trace: [...trace].reverse() }],
    ['without any such field', 'cleo@customer.test', { trace: [] }],
  ])('does not: %s', (_, address, logged) => {
    expect(failsIn(address, logged)).toBe(false);
  });

  it('does not keep the fields', () => {
    expect(recordOf({}, 'inbox', {}, { trace }).parsed).not.toHaveProperty('trace');
  });
});
