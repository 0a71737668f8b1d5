import type { z } from 'zod';
import { message, messagePage } from '../../src/plugins/email-connect/shared/contracts/message';
import { thread } from '../../src/plugins/email-connect/shared/contracts/thread';
import { contentApi } from '../support/content-api';
import { fillThread } from '../support/fill-thread';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';

const MEGABYTE = 1_000_000;
const MAILS = 50;

jest.setTimeout(150_000);

let mail: MailScene;
let threadDocumentId = '';

const textOf = (number: number): string =>
  `Mail number ${number}.\n`.padEnd(MEGABYTE, 'It goes on like this, line by line.\n');

beforeAll(async () => {
  // What a small host grants: a whole conversation of these would be more.
  mail = await startMailScene({ NODE_OPTIONS: '--max-old-space-size=160' });
  ({ threadDocumentId } = await mail.send('Long letters'));
  fillThread(mail.scene, threadDocumentId, { count: MAILS, textOf });
}, 240_000);

afterAll(() => mail.end());

const get = async <T>(schema: z.ZodType<T>, path: string): Promise<{ body: T; bytes: number }> => {
  const answer = await mail.admin.call('GET', `/email-connect${path}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text.slice(0, 200)}`);
  return { body: schema.parse(JSON.parse(text)), bytes: text.length };
};

/** How many requests a page of a browser, or several people, make at once. */
const several = <T>(work: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 4 }, work));

describe('S47: a conversation of 50 mails of 1 MB, in a process of 160 MB', () => {
  it('opens: what it is, its newest page, and the newest mail whole', async () => {
    for (const { body } of await several(() => get(thread, `/threads/${threadDocumentId}`)))
      expect(body).toMatchObject({ messageCount: MAILS + 1, subject: 'Long letters' });
    const pages = await several(() => get(messagePage, `/threads/${threadDocumentId}/messages`));
    for (const { body, bytes } of pages) {
      expect(body.messages).toHaveLength(25);
      expect(body.messages.at(-1)?.preview).toMatch(/^Mail number 50\. It goes on like this/);
      expect(bytes).toBeLessThan(50_000);
    }
    const newest = pages[0]?.body.messages.at(-1)?.documentId ?? '';
    for (const { body } of await several(() => get(message, `/messages/${newest}`)))
      expect(body.text).toHaveLength(MEGABYTE);
  });

  it('is paged through to its beginning, and each mail is read, one after the other', async () => {
    const documentIds: string[] = [];
    for (let before: string | null = ''; before !== null;) {
      const place: string = before && `&before=${before}`;
      const { body } = await get(messagePage, `/threads/${threadDocumentId}/messages?limit=20${place}`);
      documentIds.unshift(...body.messages.map(({ documentId }) => documentId));
      before = body.earlier;
    }
    expect(new Set(documentIds).size).toBe(MAILS + 1);
    for (const documentId of documentIds)
      expect((await get(message, `/messages/${documentId}`)).body.documentId).toBe(documentId);
  });

  it.each(['nothing', '1', "1.1'", `${'9'.repeat(60)}.1`, 'zzzzzzzzzzz.zzzzzz', '&before=1.1'])(
    'a place that no page gave is refused: %s',
    async (before) => {
      const path = `/email-connect/threads/${threadDocumentId}/messages?before=${before}`;
      expect(await mail.admin.refused('GET', path)).toMatchObject({ status: 400, code: 'INPUT_INVALID' });
    }
  );

  it.each(['0', '101', '-1', 'all'])('so is a page of %s messages', async (limit) => {
    const path = `/email-connect/threads/${threadDocumentId}/messages?limit=${limit}`;
    expect(await mail.admin.refused('GET', path)).toMatchObject({ status: 400, code: 'INPUT_INVALID' });
  });

  it('and the process lives on', async () => {
    const { strapi } = mail.scene;
    const api = contentApi(strapi.url, await strapi.admin.apiToken({ type: 'read-only' }));
    expect((await api.list('/threads')).meta.pagination.total).toBe(1);
    expect(strapi.logs()).not.toContain('heap out of memory');
  });
});
