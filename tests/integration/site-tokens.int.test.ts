import { z } from 'zod';
import { contentApiRoutes } from '../../src/plugins/email-connect/server/src/routes/content-api';
import { adminClient } from '../support/admin-client';
import { contentApi } from '../support/content-api';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';

jest.setTimeout(120_000);

const SETTING = 'EMAIL_CONNECT_SITE_TOKENS';
const canary = 'canary-4711';
const scopes = contentApiRoutes().routes.map(({ handler }) => `plugin::email-connect.${handler}`);
const ofSite = ['read-only', 'full-access'] as const;
type Caller = (typeof ofSite)[number] | 'custom' | 'user' | 'public' | 'admin token';

let mail: MailScene;
let keys: Record<Caller, string>;
let ids: Record<string, string>;

const paths = contentApiRoutes().routes.map(({ path }): [string] => [path]);
const addressOf = (path: string): string =>
  path
    .replace(':contactType/:documentId', `plugin::email-connect.contact/${ids.contacts}`)
    .replace(/\/(\w+)\/:id/, (_, kind: string) => `/${kind}/${ids[kind]}`);
const ask = (caller: Caller, path: string): Promise<Response> =>
  contentApi(mail.scene.strapi.url, keys[caller]).call(path);
const settings = async (): Promise<unknown> =>
  (
    await adminClient(mail.scene.strapi.url, mail.scene.strapi.admin.token).call(
      'GET',
      '/email-connect/settings'
    )
  ).json();

/** Starts the site again, and returns what it wrote to its log meanwhile. */
const restart = async (env: Record<string, string> = {}): Promise<string> => {
  const before = mail.scene.strapi.logs().length;
  await mail.scene.strapi.stop();
  await mail.scene.restart(env);
  return mail.scene.strapi.logs().slice(before);
};

const role = z.object({
  id: z.number(),
  permissions: z.record(z.string(), z.object({ controllers: z.record(z.string(), z.unknown()) })),
});

/** Gives the role of everybody who registers all that the content API of the plugin has. */
const allowRegistered = async (): Promise<void> => {
  const admin = adminClient(mail.scene.strapi.url, mail.scene.strapi.admin.token);
  const listed = await (await admin.call('GET', '/users-permissions/roles')).json();
  const { roles } = z
    .object({ roles: z.array(z.object({ id: z.number(), type: z.string() })) })
    .parse(listed);
  const id = roles.find(({ type }) => type === 'authenticated')?.id;
  const read = await (await admin.call('GET', `/users-permissions/roles/${id}`)).json();
  const { permissions } = z.object({ role }).parse(read).role;
  const controllers: Record<string, Record<string, object>> = {};
  for (const { handler } of contentApiRoutes().routes) {
    const [controller = '', action = ''] = handler.split('.');
    controllers[controller] = { ...controllers[controller], [action]: { enabled: true, policy: '' } };
  }
  const body = {
    name: 'Authenticated',
    description: 'Registered',
    permissions: { ...permissions, 'plugin::email-connect': { controllers } },
  };
  expect((await admin.call('PUT', `/users-permissions/roles/${id}`, body)).status).toBe(200);
};

const register = async (): Promise<string> => {
  const answer = await fetch(`${mail.scene.strapi.url}/api/auth/local/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'rita', email: 'rita@site.test', password: 'Rita-password-1' }),
  });
  return z.object({ jwt: z.string() }).parse(await answer.json()).jwt;
};

const adminToken = async (): Promise<string> => {
  const admin = adminClient(mail.scene.strapi.url, mail.scene.strapi.admin.token);
  const body = { name: 'admin token', description: '', lifespan: null, adminPermissions: [] };
  const answer = await (await admin.call('POST', '/admin/admin-tokens', body)).json();
  return z.object({ data: z.object({ accessKey: z.string() }) }).parse(answer).data.accessKey;
};

beforeAll(async () => {
  mail = await startMailScene();
  const { apiToken } = mail.scene.strapi.admin;
  const { threadDocumentId } = await mail.send('Offer');
  const attachments = [{ filename: 'plan.txt', content: 'the plan', contentType: 'text/plain' }];
  mail.deliver(await mail.replyTo('Offer', { text: `Yes please, ${canary}.`, attachments }));
  const { messages } = await mail.waitForMessages(threadDocumentId, 2);
  await allowRegistered();
  keys = {
    'read-only': await apiToken({ type: 'read-only' }),
    'full-access': await apiToken({ type: 'full-access' }),
    custom: await apiToken({ type: 'custom', permissions: scopes }),
    user: await register(),
    public: '',
    'admin token': await adminToken(),
  };
  ids = {
    contacts: mail.contactDocumentId,
    threads: threadDocumentId,
    messages: messages[1]?.documentId ?? '',
    attachments: messages[1]?.attachments[0]?.documentId ?? '',
    inboxes: mail.inboxDocumentId,
  };
}, 180_000);

afterAll(() => mail.end());

const othersAreNotTouched = (): void => {
  it.each(paths)('%s: custom tokens and users with the scope read, nobody else does', async (path) => {
    const address = addressOf(path);
    for (const caller of ['custom', 'user'] as const)
      expect([caller, (await ask(caller, address)).status]).toEqual([caller, 200]);
    for (const caller of ['public', 'admin token'] as const) {
      const answer = await ask(caller, address);
      expect([401, 403]).toContain(answer.status);
      expect(await answer.text()).not.toMatch(/Offer|cleo|uma@|canary|plan/);
    }
  });
};

const siteTokensAreRefused = (): void => {
  it.each(paths)('%s: tokens for all content are refused, with what to do', async (path) => {
    for (const caller of ofSite) {
      const answer = await ask(caller, addressOf(path));
      expect(answer.status).toBe(403);
      expect(await answer.json()).toEqual({
        data: null,
        error: {
          status: 403,
          name: 'EmailConnectError',
          message: expect.any(String),
          details: {
            code: 'SITE_TOKENS_OFF',
            nextStep: expect.stringMatching(/custom API token.+contentApi\.siteTokens/),
            detail: '',
          },
        },
      });
    }
  });

  it('whether a question is right, or anything is there, makes no difference', async () => {
    for (const question of [
      '/messages?filters[nothing]=1',
      '/threads/nobody',
      `/messages?filters[subject]=Offer`,
    ])
      for (const caller of ofSite) expect((await ask(caller, question)).status).toBe(403);
  });
};

const siteTokensRead = (): void => {
  it.each(paths)('%s: tokens for all content read; mail whatever its level never (w79)', async (path) => {
    const status = path.startsWith('/override/') ? 403 : 200;
    for (const caller of ofSite)
      expect([caller, (await ask(caller, addressOf(path))).status]).toEqual([caller, status]);
  });
};

describe('S33, w56: a new site that has not said whether tokens for all its content read mail', () => {
  siteTokensAreRefused();
  othersAreNotTouched();

  it('S2: shows that they do not, and has nothing to warn of', async () => {
    expect(await settings()).toMatchObject({ siteTokens: 'off' });
    expect(mail.scene.strapi.logs()).not.toContain('siteTokens');
  });

  it('stays that when it is started again with the mail it has by then', async () => {
    expect(await restart()).not.toContain('siteTokens');
    expect(await settings()).toMatchObject({ siteTokens: 'off' });
    expect((await ask('read-only', '/messages')).status).toBe(403);
  });
});

describe('S33, w56: a new site that says yes', () => {
  beforeAll(async () => void (await restart({ [SETTING]: 'true' })));

  siteTokensRead();
  othersAreNotTouched();

  it('S2: shows it', async () => expect(await settings()).toMatchObject({ siteTokens: 'on' }));
});

describe('S33, w56: a site whose tokens read mail before it was updated', () => {
  let log: string;
  let warning: RegExp;

  beforeAll(async () => {
    const { apiToken } = mail.scene.strapi.admin;
    await apiToken({ type: 'read-only' });
    // One that has expired does not count.
    await mail.scene.run(
      'update strapi_api_tokens set expires_at = 1 where id = (select max(id) from strapi_api_tokens)'
    );
    const counted = await mail.scene.rows(
      "select id from strapi_api_tokens where kind = 'content-api' and type <> 'custom' and expires_at is null"
    );
    warning = new RegExp(`it has ${counted.length} of them.+contentApi: . siteTokens: true . or false`);
    // As every version before this setting left it.
    await mail.scene.run(
      "delete from strapi_core_store_settings where key = 'plugin_email-connect_site-tokens'"
    );
    log = await restart();
  });

  siteTokensRead();
  othersAreNotTouched();

  it('S2: shows that it is to say so, and warns at each start with the number of these tokens', async () => {
    expect(await settings()).toMatchObject({ siteTokens: 'undecided' });
    expect(log).toMatch(warning);
    expect(await restart()).toMatch(warning);
    expect((await ask('read-only', '/messages')).status).toBe(200);
  });
});

describe('S33, w56: when it says no', () => {
  let log: string;

  beforeAll(async () => {
    log = await restart({ [SETTING]: 'false' });
  });

  siteTokensAreRefused();
  othersAreNotTouched();

  it('S2: shows it, and the warning ends', async () => {
    expect(await settings()).toMatchObject({ siteTokens: 'off' });
    expect(log).not.toContain('siteTokens');
  });
});
