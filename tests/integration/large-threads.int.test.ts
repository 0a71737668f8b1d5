import type { z } from 'zod';
import { message, messagePage } from '../../src/plugins/email-connect/shared/contracts/message';
import { thread } from '../../src/plugins/email-connect/shared/contracts/thread';
import { contentApi } from '../support/content-api';
import { fillThread } from '../support/fill-thread';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';

const MEGABYTE = 1_000_000;
const MAILS = 50;

jest.setTimeout(150_000);

let mail: MailScene;
let threadDocumentId = '';
/** Of all its mails, oldest first. */
const documentIds: string[] = [];

const textOf = (number: number): string =>
  `Mail number ${number}.\n`.padEnd(MEGABYTE, 'It goes on like this, line by line.\n');

beforeAll(async () => {
  // What a small host grants: a whole conversation of these would be more.
  mail = await startMailScene({
    NODE_OPTIONS: '--max-old-space-size=160',
    EMAIL_CONNECT_SITE_TOKENS: 'true',
  });
  ({ threadDocumentId } = await mail.send('Long letters'));
  fillThread(mail.scene, threadDocumentId, {
    count: MAILS,
    from: { address: cleo.address, name: 'Cleo' },
    textOf,
  });
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

  describe('as a program reads it', () => {
    const oneMail = (): string => `/messages/${documentIds[1]}`;
    const reader = async () => {
      const { url, admin } = mail.scene.strapi;
      return contentApi(url, await admin.apiToken({ type: 'read-only' }));
    };

    it.each([
      ['a list of mails', () => '/messages?pagination[pageSize]=100'],
      [
        'a list of mails with all that belongs to them',
        () => '/messages?populate=*&pagination[pageSize]=100',
      ],
      ['a list of conversations', () => '/threads?populate=messages'],
      ['a list of conversations with all that belongs to them', () => '/threads?populate=*'],
      ['a conversation', () => `/threads/${threadDocumentId}?populate[messages]=true`],
      [
        'a way round',
        () => `/threads/${threadDocumentId}?populate[messages][populate][thread][populate]=messages`,
      ],
      ['another', () => `${oneMail()}?fields[0]=subject&populate[thread][populate][0]=messages`],
    ])('no body comes with %s', async (_what, path) => {
      const api = await reader();
      const answer = await api.call(path());
      const text = await answer.text();
      expect([answer.status, text]).toEqual([200, expect.stringContaining('Long letters')]);
      expect(text).not.toContain('It goes on like this');
    });

    it.each([
      ['/messages?fields[0]=text'],
      ['/messages?fields=subject,html'],
      ['/threads?populate[messages][fields][0]=text'],
      ['/attachments?populate[message][fields]=html'],
    ])('a list that asks for bodies by name is refused: %s', async (path) => {
      const answer = await (await reader()).call(path);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('GET /messages/:documentId');
    });

    it('one mail has its own', async () => {
      expect(String((await (await reader()).one(oneMail())).text)).toContain('Mail number 1.');
    });
  });

  it('and the process lives on', async () => {
    expect((await get(thread, `/threads/${threadDocumentId}`)).body.messageCount).toBe(MAILS + 1);
    expect(mail.scene.strapi.logs()).not.toContain('heap out of memory');
  });
});
