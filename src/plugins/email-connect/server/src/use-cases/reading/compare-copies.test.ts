import type { EmailConnectError } from '../../domain/errors';
import type { ParsedMessage } from '../../domain/message/message';
import type { CopyToCompare, MessageLimits, Ports } from '../../ports';
import { id } from '../../testing/fakes/build-mail';
import { refusal } from '../../testing/fakes/fake-folder';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { at, readAgainScene } from '../../testing/fakes/read-again-scene';
import type { LyingMail } from '../../testing/fakes/read-again-scene';
import { compareCopies } from './compare-copies';
import type { Pass } from './pass';

const text =
  'We would like to order twelve of the larger ones, and have them brought to our new house in Graz before Easter, if that can be done.\n';
const sha256 = 'a'.repeat(64);
const fileOf = (hash: string | null) => ({ size: 10, sha256: hash, disposition: 'attachment' as const });

const copyOf = (name: string, change: Partial<CopyToCompare> = {}): CopyToCompare => ({
  messageDocumentId: name,
  threadDocumentId: `thread of ${name}`,
  messageId: id(`${name}@x.test`),
  origin: 'reply',
  size: 1_000,
  locations: [at(1)],
  isHeld: false,
  isWaitingForFiles: false,
  content: { text, html: '', files: [] },
  tries: 0,
  ...change,
});

interface World extends Partial<LyingMail> {
  due: CopyToCompare[];
  /** What each copy says. */
  says?: Partial<Pick<ParsedMessage, 'text' | 'html'>> & { file?: string };
  /** Copies of which another process knows already. */
  taken?: string[];
  isReady?: boolean;
  /** The inbox holds the message already. */
  isHeld?: boolean;
}

const run = async (
  { due, mail, says = {}, taken = [], isReady = true, opening, body, isHeld = false }: World,
  stop = new AbortController()
) => {
  const planned: string[] = [];
  const settled: string[] = [];
  const news: string[] = [];
  const saved: string[] = [];
  const named = { INBOX: due.map(({ messageId }) => messageId ?? '') };
  const { bodies, session, parseHeaders, folders } = readAgainScene({ mail: mail ?? named, opening, body });
  const ports = {
    clock: { sleep: async () => undefined },
    logger: { warn: () => undefined },
    settings: { attachmentLimitBytes: 1_000, outgoingLimitBytes: 2_000, textLimitBytes: 1_000 },
    attachments: {
      save: async () => void saved.push('file'),
      measure: async () => ({ storageKey: 'key', sha256: says.file ?? '', size: 10 }),
    },
    mime: {
      parseHeaders,
      parseMessage: async (source: AsyncIterable<Uint8Array>, limits: MessageLimits) => {
        const stored = says.file === undefined ? null : await limits.saveAttachment(source);
        return {
          text,
          html: '',
          ...says,
          attachments: stored ? [{ ...fileOf(stored.sha256), size: stored.size }] : [],
        };
      },
    },
    folders,
    threads: { contactsOf: async () => [] },
    news: {
      announce: async ({ kind, threadDocumentId }: { kind: string; threadDocumentId: string | null }) =>
        void news.push(`${kind} ${threadDocumentId} after ${settled.length}`),
    },
    levels: { isReady: async () => isReady },
    copies: {
      listDue: async () => due,
      plan: async (_: unknown, { messageDocumentId }: CopyToCompare, waitMs: number | null) => {
        planned.push(`${messageDocumentId} +${waitMs === null ? 'never' : waitMs / 60_000}`);
        return !taken.includes(messageDocumentId);
      },
      settle: async (_: unknown, { messageDocumentId }: CopyToCompare, isTrue: boolean) => {
        await new Promise((resolve) => setImmediate(resolve));
        settled.push(`${messageDocumentId} ${isTrue}`);
        return isTrue && !isHeld;
      },
    },
  } as unknown as Ports;
  const fence = { inboxDocumentId: 'I', token: 1 };
  const pass = { inbox: inboxWith(), fence, session, signal: stop.signal } as unknown as Pass;
  const failure = await compareCopies(ports, pass).then(
    () => null,
    (error: EmailConnectError) => error.code
  );
  return { planned, settled, news, bodies, saved, failure };
};

describe('S41: compareCopies', () => {
  it('w80: gives the inbox a message of which it has a true copy, tells open pages, and keeps nothing', async () => {
    const withFile = copyOf('m', { content: { text, html: '', files: [fileOf(sha256)] } });
    expect(
      await run({ due: [withFile], says: { text: text.replaceAll('\n', '\r\n'), file: sha256 } })
    ).toEqual({
      planned: ['m +15'],
      settled: ['m true'],
      news: ['message.changed thread of m after 1'],
      bodies: ['INBOX 1'],
      saved: [],
      failure: null,
    });
  });

  it.each([
    [
      'words',
      {
        text: 'Send it to my own house, please, at once, all of it, and tell nobody that I asked you for it. Yours',
      },
    ],
    ['HTML', { html: '<p>Another one</p>' }],
    ['files', { file: sha256 }],
  ])('w81: and nothing for a copy with other %s, which is not asked for again', async (_, says) => {
    expect(await run({ due: [copyOf('m')], says })).toMatchObject({
      settled: ['m false'],
      news: [],
      bodies: ['INBOX 1'],
    });
  });

  it.each<[string, Partial<CopyToCompare>]>([
    ['that anybody could guess', { content: { text: 'Yes.', html: '<p>Yes.</p>', files: [] } }],
    ['of which a file is not known', { content: { text, html: '', files: [fileOf(null)] } }],
    ['of which copies were guessed too often', { tries: 4 }],
    ['that the inbox holds by now', { isHeld: true }],
  ])('w82: reads no copy of a mail %s', async (_, change) => {
    expect(await run({ due: [copyOf('m', change)] })).toMatchObject({
      settled: ['m false'],
      news: [],
      bodies: [],
    });
  });

  it.each([
    ['quotes', `Yes.\n\nOn Monday, Cleo wrote:\n> ${text.trim().repeat(3)}\n`],
    [
      'quotes as Outlook does',
      `Yes.\n\n-----Original Message-----\nFrom: Cleo\nSent: Monday\nTo: Uma\nSubject: Offer\n\n${text}`,
    ],
    ['signs', `Yes.\n\n-- \n${text}`],
  ])('w82: nor one whose own words are few, however much it %s', async (_, answer) => {
    const copy = copyOf('m', { content: { text: answer, html: '', files: [] } });
    expect((await run({ due: [copy], says: { text: answer } })).bodies).toEqual([]);
  });

  it('S12, S19: reads no body of anything but the message that is recorded', async () => {
    const renumbered = copyOf('m', { locations: [at(1, 'INBOX', '6')] });
    const other = { due: [copyOf('m')], mail: { INBOX: ['other@x.test'] } };
    const elsewhere = { due: [copyOf('m', { locations: [at(1, 'Gone')] })], mail: { Gone: ['m@x.test'] } };
    for (const world of [{ due: [renumbered] }, other, elsewhere])
      expect(await run(world)).toMatchObject({ bodies: [], settled: ['m false'] });
  });

  it('tells nobody where nothing is new', async () => {
    expect(await run({ due: [copyOf('m')], isHeld: true })).toMatchObject({ settled: ['m true'], news: [] });
  });

  it('reads no more at once than new mail can wait for', async () => {
    const large = ['m', 'n', 'o'].map((name, i) =>
      copyOf(name, { size: 15_000_000, locations: [at(i + 1)] })
    );
    expect((await run({ due: large })).bodies).toEqual(['INBOX 1']);
  });

  it('reads five at once, and settles what has not to be read beside them', async () => {
    const due = Array.from({ length: 8 }, (_, i) =>
      copyOf(`m${i}`, { locations: [at(i + 1)], isHeld: i === 1 })
    );
    const done = await run({ due });
    expect(done.bodies).toEqual([1, 3, 4, 5, 6].map((number) => `INBOX ${number}`));
    expect(done.settled).toHaveLength(6);
  });

  it('w82: asks again where a file of the recorded mail is still to be fetched', async () => {
    const content = { text, html: '', files: [fileOf(null)] };
    const done = await run({ due: [copyOf('m', { content, isWaitingForFiles: true })] });
    expect(done).toMatchObject({ planned: ['m +15'], settled: [], bodies: [] });
  });

  it('P2: leaves alone what another process has just begun', async () => {
    const done = await run({ due: [copyOf('m'), copyOf('n', { locations: [at(2)] })], taken: ['m'] });
    expect(done.bodies).toEqual(['INBOX 2']);
  });

  it('plans the next try before a connection can break at it, and passes that on', async () => {
    const done = await run({ due: [copyOf('m', { tries: 1 })], body: refusal('CONNECTION_LOST') });
    expect(done).toMatchObject({ planned: ['m +60'], settled: [], failure: 'CONNECTION_LOST' });
  });

  it('plans none after the last', async () => {
    const done = await run({ due: [copyOf('m', { tries: 3 })], body: refusal('CONNECTION_LOST') });
    expect(done).toMatchObject({ planned: ['m +never'], bodies: ['INBOX 1'], failure: 'CONNECTION_LOST' });
  });

  it.each([
    ['folder', { opening: refusal('FOLDER_UNREADABLE') }],
    ['message', { body: refusal('MESSAGE_UNREADABLE') }],
  ])('goes on behind a %s that the server does not hand out', async (_, world) => {
    const done = await run({ due: [copyOf('m'), copyOf('n', { locations: [at(2)] })], ...world });
    expect(done).toMatchObject({ planned: ['m +15', 'n +15'], settled: [], failure: null });
  });

  it('waits until it is known who holds the mail of before an update', async () => {
    expect((await run({ due: [copyOf('m')], isReady: false })).planned).toEqual([]);
  });

  it('stops where it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    expect((await run({ due: [copyOf('m')] }, stop)).planned).toEqual([]);
  });
});
