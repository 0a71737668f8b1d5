import { contentApi, entriesOf } from '../support/content-api';
import type { ContentApi } from '../support/content-api';
import { startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { filtersOf, ordersOf } from '../support/question-forms';

jest.setTimeout(60_000);

const canary = 'canary-4711';
const contactType = 'plugin::email-connect.contact';
const scope = (...names: string[]) => names.map((name) => `plugin::email-connect.${name}`);

let mail: MailScene;
let anybody: ContentApi;
/** A read-only token. */
let reader: ContentApi;
/** Reads messages and nothing else. */
let messagesOnly: ContentApi;
let nothing: ContentApi;
/** Which documentId to ask for below each path. */
let known: Record<string, string>;

beforeAll(async () => {
  mail = await startMailScene({ EMAIL_CONNECT_SITE_TOKENS: 'true' });
  const { strapi, crm } = mail.scene;
  const { threadDocumentId } = await mail.send('Offer');
  const attachments = [{ filename: 'plan.txt', content: 'the plan', contentType: 'text/plain' }];
  mail.deliver(await mail.replyTo('Offer', { text: `Yes please, ${canary}.`, attachments }));
  const { messages } = await mail.waitForMessages(threadDocumentId, 2);
  await mail.send('Second offer');
  await crm.createContact({ name: 'Dora', email: 'dora@customer.test', company: 'Dora & Sons' });
  const token = async (type: 'read-only' | 'custom', permissions: string[] = []) =>
    contentApi(strapi.url, await strapi.admin.apiToken({ type, permissions }));
  anybody = contentApi(strapi.url);
  reader = await token('read-only');
  messagesOnly = await token('custom', scope('email-message.find', 'email-message.findOne'));
  nothing = await token('custom', ['plugin::users-permissions.user.find']);
  known = {
    contacts: mail.contactDocumentId,
    threads: threadDocumentId,
    messages: messages[1]?.documentId ?? '',
    attachments: messages[1]?.attachments[0]?.documentId ?? '',
    inboxes: mail.inboxDocumentId,
  };
}, 150_000);

afterAll(async () => {
  await mail.end();
});

const kinds = ['contacts', 'threads', 'messages', 'attachments', 'inboxes'];
const paths = [
  ...kinds.flatMap((kind): [string, () => string][] => [
    [`/${kind}`, () => `/${kind}`],
    [`/${kind}/:id`, () => `/${kind}/${known[kind]}`],
    [`/${kind}?populate`, () => `/${kind}?populate=*`],
    [`/${kind}?filters`, () => `/${kind}?filters[documentId][$eq]=${known[kind]}`],
    [`/${kind}?sort`, () => `/${kind}?sort=createdAt:desc`],
    [`/${kind}?_q`, () => `/${kind}?_q=${canary}`],
  ]),
  ['/attachments/:id/file', () => `/attachments/${known.attachments}/file`],
  ['/records/:type/:id/threads', () => `/records/${contactType}/${known.contacts}/threads`],
] satisfies [string, () => string][];

describe('S33: who may not read', () => {
  it.each(paths)(
    '%s: anybody, a wrong token and a token without the scope learn nothing',
    async (_, path) => {
      const wrong = contentApi(mail.scene.strapi.url, 'no-token');
      const answers = await Promise.all([anybody, wrong, nothing].map((api) => api.call(path())));
      expect(answers.map(({ status }) => status)).toEqual([403, 401, 403]);
      const texts = await Promise.all(answers.map((answer) => answer.text()));
      expect(texts.join()).not.toMatch(/Offer|cleo|uma@|canary|plan/);
    }
  );

  it('a filter on what is there and one on what is not are answered alike', async () => {
    const ask = (api: ContentApi, value: string) =>
      api.call(`/messages?filters[text][$contains]=${value}`).then((answer) => answer.text());
    for (const api of [anybody, nothing]) expect(await ask(api, canary)).toBe(await ask(api, 'not-there'));
  });

  it('a token for messages reads messages only, and reaches nothing else through them', async () => {
    expect((await messagesOnly.list('/messages')).data).toHaveLength(3);
    expect((await messagesOnly.one(`/messages/${known.messages}`)).subject).toBe('Re: Offer');
    const others = [
      '/threads',
      '/attachments',
      '/contacts',
      '/inboxes',
      `/attachments/${known.attachments}/file`,
    ];
    for (const path of others) expect(await messagesOnly.status(path)).toBe(403);
    const through = [
      'filters[thread][subject][$contains]=Offer',
      'filters[attachments][fileName][$contains]=plan',
      'filters[inbox][address][$contains]=uma',
      'sort=thread.subject',
    ];
    for (const query of through)
      expect([query, await messagesOnly.status(`/messages?${query}`)]).toEqual([query, 400]);

    // As everywhere in Strapi: a relation that the token may not read is left out.
    const bare = await (await messagesOnly.call('/messages')).text();
    const relations = [
      'populate=thread',
      'populate[attachments]=true',
      'populate[thread][populate]=inbox',
      'populate[attachments][filters][fileName][$contains]=plan',
    ];
    for (const query of relations)
      expect(await (await messagesOnly.call(`/messages?${query}`)).text()).toBe(bare);
    const all = await (await messagesOnly.call('/messages?populate=*')).text();
    expect(all).not.toMatch(/plan\.txt|"messageCount"|"senderName"/);
  });
});

describe('S24: what a Strapi developer expects', () => {
  it('lists with filters, sort, pagination and fields', async () => {
    const { data, meta } = await reader.list('/messages?sort=receivedAt:desc&pagination[pageSize]=2');
    expect(data).toHaveLength(2);
    expect(meta.pagination).toEqual({ page: 1, pageSize: 2, pageCount: 2, total: 3 });
    const times = data.map(({ receivedAt }) => String(receivedAt));
    expect([...times].sort().reverse()).toEqual(times);

    const offset = await reader.list('/messages?pagination[start]=2&pagination[limit]=2');
    expect(offset.data).toHaveLength(1);
    const incoming = await reader.list('/messages?filters[direction][$eq]=incoming&fields[0]=subject');
    expect(incoming.data).toEqual([
      { id: expect.anything(), documentId: known.messages, subject: 'Re: Offer' },
    ]);
    const ofThread = await reader.list(`/messages?filters[thread][documentId][$eq]=${known.threads}`);
    expect(ofThread.data).toHaveLength(2);
    const several = await reader.list(
      '/threads?filters[$and][0][messageCount][$gt]=1&filters[$and][1][state]=open'
    );
    expect(several.data.map(({ documentId }) => documentId)).toEqual([known.threads]);
    expect((await reader.list('/contacts?filters[company][$contains]=Sons')).data).toHaveLength(1);
  });

  it('populates a thread with its messages and their files, and a message with its thread', async () => {
    const thread = await reader.one(
      `/threads/${known.threads}?populate[messages][sort]=receivedAt&populate[messages][populate]=attachments`
    );
    const messages = entriesOf(thread.messages);
    expect(messages.map(({ direction }) => direction)).toEqual(['outgoing', 'incoming']);
    expect(entriesOf(messages[1]?.attachments)).toEqual([
      expect.objectContaining({
        documentId: known.attachments,
        fileName: 'plan.txt',
        size: 8,
        state: 'stored',
      }),
    ]);
    const message = await reader.one(`/messages/${known.messages}?populate=thread`);
    expect(message.thread).toMatchObject({ documentId: known.threads, subject: 'Offer', messageCount: 2 });
    const file = await reader.one(`/attachments/${known.attachments}?populate=message`);
    expect(file.message).toMatchObject({ documentId: known.messages });
  });

  it('S47: has what a mail says with that mail only', async () => {
    expect((await reader.one(`/messages/${known.messages}`)).text).toContain(canary);
    expect(await (await reader.call('/messages')).text()).not.toContain(canary);
  });

  it('finds no mail by words of its body: it is not searched', async () => {
    expect((await reader.list(`/messages?_q=${canary}`)).data).toEqual([]);
    expect((await reader.list('/messages?_q=Offer')).data.length).toBeGreaterThan(0);
  });

  it('says 404 for what is not there, and 400 for a question that is none', async () => {
    for (const kind of kinds) expect(await reader.status(`/${kind}/nothing-there`)).toBe(404);
    expect(await reader.status('/messages?filters[nothing][$eq]=1')).toBe(400);
    expect(await reader.status('/messages?nothing=1')).toBe(400);
  });
});

describe('S36: what nobody reads', () => {
  const ownersFields = (
    'settings ownerDocumentId addressKey consent imap smtp ' +
    'logAddress trustedAuthServers provider stateReason policy'
  ).split(' ');
  const hidden: [string, string[]][] = [
    ['messages', ['dedupKey', 'fingerprint', 'bcc']],
    ['threads', ['threadToken', 'threadIndexRoot']],
    ['attachments', ['storageKey']],
    ['inboxes', ownersFields],
  ];

  it.each(hidden)('%s: private fields are in no answer and in no question', async (kind, fields) => {
    const answer = await reader.call(`/${kind}?populate=*`);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    for (const field of fields) {
      expect(text).not.toContain(`"${field}"`);
      const questions = [
        `filters[${field}][$notNull]=true`,
        `filters[$or][0][${field}][$startsWith]=a`,
        `sort=${field}`,
        `fields[0]=${field}`,
      ];
      for (const question of questions)
        expect([question, await reader.status(`/${kind}?${question}`)]).toEqual([question, 400]);
    }
  });

  it.each(hidden)('%s: nor does any form of a question tell them', async (kind, fields) => {
    const ask = async (question: string) => (await reader.call(`/${kind}?${question}`)).text();
    for (const field of fields) {
      for (const form of filtersOf(`[${field}]`))
        expect([form, await ask(`${form}[$notNull]=true`)]).toEqual([form, await ask(`${form}[$null]=true`)]);
      for (const form of ordersOf([field]))
        expect([form, await ask(`${form}asc`)]).toEqual([form, await ask(`${form}desc`)]);
    }
  });

  it('nor through a relation', async () => {
    const questions = [
      '/messages?filters[thread][threadToken][$notNull]=true',
      '/messages?filters[inbox][ownerDocumentId][$notNull]=true',
      '/messages?filters[attachments][storageKey][$notNull]=true',
      '/messages?sort=inbox.settings',
      '/messages?sort[0]=%20&sort[1][inbox][settings]=asc',
      '/threads?populate[messages][sort][0]=%20&populate[messages][sort][1][dedupKey]=asc',
      '/messages?populate[inbox][fields][0]=settings',
      '/threads?populate[messages][filters][dedupKey][$notNull]=true',
      '/threads?populate[inbox][filters][addressKey][$notNull]=true',
      '/messages?populate=createdBy',
      '/messages?filters[createdBy][email][$notNull]=true',
    ];
    for (const question of questions)
      expect([question, await reader.status(question)]).toEqual([question, 400]);
  });

  it('an inbox is its status: no server, login or password', async () => {
    const inbox = await reader.one(`/inboxes/${known.inboxes}`);
    expect(Object.keys(inbox).sort()).toEqual(
      [
        'id',
        'documentId',
        'createdAt',
        'updatedAt',
        'publishedAt',
        'label',
        'address',
        'senderName',
        'state',
        'stateCode',
        'consecutiveFailures',
        'connectedAt',
        'lastPassAt',
        'nextPassAt',
        'lastGap',
      ].sort()
    );
    expect(inbox).toMatchObject({ address: us.address, state: 'ok' });
    expect(JSON.stringify(inbox)).not.toMatch(/localhost|correct horse|username|\b993\b/);
  });
});

describe('nothing is written by HTTP', () => {
  it.each(kinds)('%s', async (kind) => {
    const key = await mail.scene.strapi.admin.apiToken({ type: 'full-access' });
    const owner = contentApi(mail.scene.strapi.url, key);
    const before = await (await owner.call(`/${kind}`)).text();
    const body = { data: { subject: 'Written', name: 'Written', label: 'Written' } };
    for (const [method, path] of [
      ['POST', `/${kind}`],
      ['PUT', `/${kind}/${known[kind]}`],
      ['PATCH', `/${kind}/${known[kind]}`],
      ['DELETE', `/${kind}/${known[kind]}`],
    ] as const) {
      expect([404, 405]).toContain(await owner.status(path, method, body));
    }
    expect(await (await owner.call(`/${kind}`)).text()).toBe(before);
  });
});

describe('the conversations of a record', () => {
  it('are listed newest first, in pages', async () => {
    const path = `/records/${contactType}/${known.contacts}/threads`;
    const { data, meta } = await reader.list(path);
    expect(data.map(({ subject }) => subject)).toEqual(['Second offer', 'Offer']);
    expect(meta.pagination).toEqual({ start: 0, limit: 25, total: 2 });
    const page = await reader.list(`${path}?start=1&limit=1`);
    expect(page.data.map(({ subject }) => subject)).toEqual(['Offer']);
    expect(await reader.status(`${path}?limit=1000`)).toBe(400);
  });

  it('S32: of a contact without mail are none', async () => {
    const { data } = await reader.list('/contacts?filters[name]=Dora');
    expect((await reader.list(`/records/${contactType}/${data[0]?.documentId}/threads`)).data).toEqual([]);
  });

  it.each([
    ['a type that is no contact', 'plugin::users-permissions.user'],
    ['a type that does not exist', 'api::nothing.nothing'],
    ['one of our own tables', 'plugin::email-connect.email-message'],
  ])('of %s are not there', async (_what, type) => {
    expect(await reader.status(`/records/${type}/${known.contacts}/threads`)).toBe(404);
  });

  it('of a record that does not exist are not there; of what is no type cannot be asked', async () => {
    expect(await reader.status(`/records/${contactType}/nobody/threads`)).toBe(404);
    expect(await reader.status(`/records/contact/${known.contacts}/threads`)).toBe(400);
  });
});

describe('S1: the licence', () => {
  it('all this is Strapi Community Edition', () => {
    expect(mail.scene.strapi.logs()).toMatch(/Plan.+Community/);
  });
});

describe('S30: a file', () => {
  it('comes as a download that no browser runs and no cache keeps', async () => {
    const answer = await reader.call(`/attachments/${known.attachments}/file`);
    expect(answer.status).toBe(200);
    const header = (name: string) => answer.headers.get(name);
    expect(header('content-disposition')).toBe('attachment; filename="plan.txt"');
    expect(header('content-type')).toBe('application/octet-stream');
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('cache-control')).toBe('private, no-store');
    expect(header('content-security-policy')).toContain('sandbox');
    expect(await answer.text()).toBe('the plan');
  });
});
