import { contentApiRoutes } from '../../src/plugins/email-connect/server/src/routes/content-api';
import { contentApi } from '../support/content-api';
import type { ContentApi } from '../support/content-api';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';

jest.setTimeout(60_000);

const canary = 'canary-4711';
const contactType = 'plugin::email-connect.contact';
const scopes = contentApiRoutes().routes.map(({ handler }) => `plugin::email-connect.${handler}`);
const wordScopes = ['email-message.findOne', 'attachment-file.findOne'];

let mail: MailScene;
/** Holds every scope. */
let reader: ContentApi;
/** Holds every scope but those for what mails say and for the bytes of files. */
let factsOnly: ContentApi;
/** Which documentId to ask for below each path. */
let known: Record<'contacts' | 'threads' | 'messages' | 'attachments', string>;

beforeAll(async () => {
  mail = await startMailScene();
  const { threadDocumentId } = await mail.send('Offer');
  const attachments = [{ filename: 'plan.txt', content: 'the plan', contentType: 'text/plain' }];
  mail.deliver(await mail.replyTo('Offer', { text: `Yes please, ${canary}.`, attachments }));
  const { messages } = await mail.waitForMessages(threadDocumentId, 2);
  const { url, admin } = mail.scene.strapi;
  const holding = async (permissions: string[]) =>
    contentApi(url, await admin.apiToken({ type: 'custom', permissions }));
  reader = await holding(scopes);
  factsOnly = await holding(scopes.filter((scope) => !wordScopes.some((word) => scope.endsWith(`.${word}`))));
  known = {
    contacts: mail.contactDocumentId,
    threads: threadDocumentId,
    messages: messages[1]?.documentId ?? '',
    attachments: messages[1]?.attachments[0]?.documentId ?? '',
  };
}, 150_000);

afterAll(() => mail.end());

describe('S33, w56: what a mail says has a scope of its own', () => {
  const words = new RegExp(`${canary}|"(preview|text|html)":`);
  const record = () => `/records/${contactType}/${known.contacts}/threads`;

  it.each([
    ['/threads', () => '/threads'],
    ['/threads/:id', () => `/threads/${known.threads}`],
    ['/threads, all relations', () => '/threads?populate=*'],
    ['/threads, all fields', () => '/threads?fields=*&populate[messages][fields]=*'],
    ['there and back', () => `/threads/${known.threads}?populate[messages][populate][thread][populate]=*`],
    ['by path', () => '/threads?populate=messages.thread.messages,messages.attachments'],
    ['by paths', () => '/threads?populate[0]=messages&populate[1]=messages.thread'],
    ['/messages', () => '/messages'],
    ['/messages, all relations', () => '/messages?populate=*'],
    ['/messages, all fields', () => '/messages?fields=*'],
    [
      'a message and its thread',
      () => `/messages?filters[documentId]=${known.messages}&populate=thread.messages`,
    ],
    ['an attachment', () => `/attachments/${known.attachments}?populate[message][populate]=*`],
    ['/attachments and their threads', () => '/attachments?populate[thread]=true&populate[message]=true'],
    ['/records/:type/:id/threads', record],
  ])('%s: a token without it reads facts, and no words', async (_what, path) => {
    const answer = await factsOnly.call(path());
    const text = await answer.text();
    expect([answer.status, text]).toEqual([200, expect.stringContaining('documentId')]);
    expect(text).not.toMatch(words);
  });

  const askers: [string, () => ContentApi, string[]][] = [
    ['no scope for it', () => factsOnly, ['text', 'html', 'preview']],
    ['every scope', () => reader, ['text', 'html']],
  ];
  const questionsOf = (field: string): string[] => {
    const [type, other] = field === 'preview' ? ['threads', 'messages'] : ['messages', 'threads'];
    const way = field === 'preview' ? 'thread' : 'messages';
    const contains = `[${field}][$containsi]`;
    return [
      `/${type}?fields[0]=${field}`,
      `/${type}?fields=subject,${field}`,
      `/${type}?filters${contains}=`,
      `/${type}?filters[$or][0]${contains}=`,
      `/${type}?filters[$and][0][$not]${contains}=`,
      `/${type}?filters[$or]${contains}=`,
      `/${type}?sort=${field}:`,
      `/${type}?sort[0]=subject&sort[1]=${field}:`,
      `/${type}?sort[${field}]=`,
      `/${other}?filters[${way}]${contains}=`,
      `/${other}?filters[${way}][$not]${contains}=`,
      `/${other}?populate[${way}][filters]${contains}=`,
      `/${other}?populate[${way}][fields]=${field}`,
      `/${other}?populate[${way}][fields][0]=${field}`,
      `/${other}?populate[${way}][sort]=${field}:`,
      `/attachments?filters[message]${field === 'preview' ? '[thread]' : ''}${contains}=`,
      `/attachments?sort=message${field === 'preview' ? '.thread' : ''}.${field}:`,
    ];
  };
  const guesses = (question: string): string[] => {
    if (question.includes('fields')) return [''];
    return question.includes('sort') ? ['asc', 'desc'] : [canary, 'not-there'];
  };

  it.each(askers)('with %s nobody guesses it from filters, sorting and fields', async (_who, api, fields) => {
    for (const question of fields.flatMap(questionsOf))
      for (const guess of guesses(question))
        expect([question + guess, await api().status(question + guess)]).toEqual([question + guess, 400]);
  });

  it('with it, one mail has its words, and a conversation how they begin', async () => {
    expect((await reader.one(`/messages/${known.messages}?fields[0]=text`)).text).toContain(canary);
    expect((await reader.one(`/messages/${known.messages}?fields[0]=subject`)).text).toBeUndefined();
    expect((await reader.one(`/threads/${known.threads}`)).preview).toContain(canary);
    expect((await reader.list(`/threads?fields=preview&filters[preview][$contains]=${canary}`)).data).toEqual(
      [{ id: expect.anything(), documentId: known.threads, preview: expect.stringContaining(canary) }]
    );
    expect(await (await reader.call(record())).text()).toContain(canary);
  });

  it('S47: even with it, no relation brings any', async () => {
    const around = '?populate[thread][populate]=messages';
    const message = await reader.one(`/messages/${known.messages}${around}`);
    expect(message.text).toContain(canary);
    expect(JSON.stringify(message.thread)).not.toMatch(words);
  });

  it('the refusal says how it is read', async () => {
    expect(await (await factsOnly.call('/threads?sort=preview')).text()).toMatch(
      /Invalid key preview.+GET \/messages\/:documentId.+email-message\.findOne/
    );
  });

  it('so have the bytes of files', async () => {
    expect(await factsOnly.status(`/attachments/${known.attachments}`)).toBe(200);
    expect(await factsOnly.status(`/attachments/${known.attachments}/file`)).toBe(403);
  });
});
