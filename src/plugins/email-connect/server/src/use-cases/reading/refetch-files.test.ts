import type { EmailConnectError } from '../../domain/errors';
import type { ParsedAttachment } from '../../domain/message/message';
import type { RefetchedFile } from '../../domain/message/refetch';
import type { MessageToRefetch, Ports } from '../../ports';
import { id } from '../../testing/fakes/build-mail';
import { refusal } from '../../testing/fakes/fake-folder';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { at, readAgainScene } from '../../testing/fakes/read-again-scene';
import type { LyingMail } from '../../testing/fakes/read-again-scene';
import type { Pass } from './pass';
import { refetchFiles } from './refetch-files';

const message = (name: string, change: Partial<MessageToRefetch> = {}): MessageToRefetch => ({
  messageDocumentId: name,
  threadDocumentId: `thread of ${name}`,
  messageId: id(`${name}@x.test`),
  origin: 'reply',
  size: 1_000,
  locations: [at(1)],
  tries: 0,
  files: [{ documentId: `file of ${name}`, fileName: 'a.pdf', size: 10, isWaiting: true }],
  ...change,
});

const attachment = (state: ParsedAttachment['state'] = 'stored'): ParsedAttachment => ({
  fileName: 'a.pdf',
  contentType: 'application/pdf',
  contentId: '',
  disposition: 'attachment',
  size: 10,
  state,
  storageKey: state === 'stored' ? 'key' : null,
  sha256: state === 'stored' ? 'hash' : null,
});

interface World extends Partial<LyingMail> {
  due: MessageToRefetch[];
  state?: ParsedAttachment['state'];
  taken?: string[];
}

const run = async ({ due, mail, state, taken = [], opening, body }: World, stop = new AbortController()) => {
  const planned: string[] = [];
  const settled: RefetchedFile[] = [];
  const news: string[] = [];
  const named = { INBOX: due.map(({ messageId }) => messageId ?? '') };
  const { bodies, session, parseHeaders, folders } = readAgainScene({ mail: mail ?? named, opening, body });
  const ports = {
    clock: { sleep: async () => undefined },
    logger: { warn: () => undefined },
    settings: { attachmentLimitBytes: 1_000, outgoingLimitBytes: 1_000, textLimitBytes: 1_000 },
    attachments: {},
    mime: {
      parseHeaders,
      parseMessage: async () => ({ attachments: [attachment(state)] }),
    },
    folders,
    threads: { contactsOf: async () => [] },
    news: {
      announce: async ({ kind, threadDocumentId }: { kind: string; threadDocumentId: string | null }) =>
        void news.push(`${kind} ${threadDocumentId} after ${settled.length}`),
    },
    files: {
      listDue: async () => due,
      plan: async (_: unknown, name: string, waitMs: number) => {
        planned.push(`${name} +${waitMs / 60_000}`);
        return !taken.includes(name);
      },
      settle: async (_: unknown, files: readonly RefetchedFile[]) => {
        await new Promise((resolve) => setImmediate(resolve));
        settled.push(...files);
      },
    },
  } as unknown as Ports;
  const fence = { inboxDocumentId: 'I', token: 1 };
  const pass = { inbox: inboxWith(), fence, session, signal: stop.signal } as unknown as Pass;
  const failure = await refetchFiles(ports, pass).then(
    () => null,
    (error: EmailConnectError) => error.code
  );
  return { planned, settled, news, bodies, failure };
};

describe('S49: refetchFiles', () => {
  it('stores what could not be stored, and tells open pages', async () => {
    expect(await run({ due: [message('m')] })).toMatchObject({
      planned: ['m +15'],
      settled: [{ documentId: 'file of m', kind: 'stored', storageKey: 'key', sha256: 'hash', size: 10 }],
      news: ['message.changed thread of m after 1'],
      bodies: ['INBOX 1'],
    });
  });

  it('S12, S19: reads no body of anything but the message that was logged', async () => {
    const renumbered = message('m', { locations: [at(1, 'INBOX', '6')] });
    const byId = { due: [message('m')], mail: { INBOX: ['other@x.test'] } };
    const bySize = { ...byId, due: [message('m', { messageId: null, size: 999 })] };
    const forwarded = {
      ...byId,
      due: [message('m', { origin: 'log-address', size: 'other@x.test'.length })],
    };
    expect((await run({ due: [renumbered] })).bodies).toEqual([]);
    expect((await run(byId)).bodies).toEqual([]);
    expect((await run(bySize)).bodies).toEqual([]);
    expect((await run(forwarded)).bodies).toEqual(['INBOX 1']);
  });

  it('looks wherever the message was seen, and not in folders that are gone', async () => {
    const moved = message('m', { locations: [at(1, 'Gone'), at(1, 'Archive'), at(1)] });
    const done = await run({ due: [moved], mail: { Archive: ['other@x.test'], INBOX: ['m@x.test'] } });
    expect(done.bodies).toEqual(['INBOX 1']);
    expect(done.settled).toHaveLength(1);
  });

  it('gives up what lies nowhere any more, after some tries', async () => {
    expect((await run({ due: [message('m')], mail: {} })).settled).toEqual([]);
    expect((await run({ due: [message('m', { tries: 3 })], mail: {} })).settled).toEqual([
      { documentId: 'file of m', kind: 'given-up' },
    ]);
  });

  it('ends for now when the storage still takes none: the rest is not read in vain', async () => {
    const done = await run({ due: [message('m'), message('n', { locations: [at(2)] })], state: 'failed' });
    expect(done).toMatchObject({ planned: ['m +15'], bodies: ['INBOX 1'], settled: [], news: [] });
  });

  it('reads no more at once than new mail can wait for', async () => {
    const large = ['m', 'n', 'o'].map((name, i) =>
      message(name, { size: 30_000_000, locations: [at(i + 1)] })
    );
    expect((await run({ due: large })).bodies).toEqual(['INBOX 1']);
  });

  it('P2: leaves alone what another process has just begun', async () => {
    const done = await run({ due: [message('m'), message('n', { locations: [at(2)] })], taken: ['m'] });
    expect(done.bodies).toEqual(['INBOX 2']);
  });

  it('plans the next try before a connection can break at it, and passes that on', async () => {
    const done = await run({ due: [message('m', { tries: 1 })], body: refusal('CONNECTION_LOST') });
    expect(done).toMatchObject({ planned: ['m +60'], settled: [], failure: 'CONNECTION_LOST' });
  });

  it.each([
    ['folder', { opening: refusal('FOLDER_UNREADABLE') }],
    ['message', { body: refusal('MESSAGE_UNREADABLE') }],
  ])('goes on behind a %s that the server does not hand out', async (_, world) => {
    const done = await run({ due: [message('m', { tries: 20 }), message('n')], ...world });
    expect(done).toMatchObject({ planned: ['m +1440', 'n +15'], settled: [], failure: null });
  });

  it('stops where it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    expect((await run({ due: [message('m')] }, stop)).planned).toEqual([]);
  });
});
