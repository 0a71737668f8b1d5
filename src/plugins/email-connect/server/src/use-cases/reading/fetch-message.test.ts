import type { SpecialUse } from '../../domain/sync/folder';
import type { Candidate, MessageHeaders, ParsedMessage } from '../../domain/message/message';
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
  change: Partial<Omit<Candidate, 'headers'>> = {}
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
  const parsed: ParsedMessage = {
    headers: candidate.headers,
    text: '',
    html: '',
    attachments: [],
    parsedAs: 'mime',
    marks: [],
    embedded: [],
  };
  return messageToRecord(ports, inboxWith({}), candidate, verdict, parsed, folderUse);
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
