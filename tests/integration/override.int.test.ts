import { z } from 'zod';
import { message } from '../../src/plugins/email-connect/shared/contracts/message';
import type { AdminClient } from '../support/admin-client';
import { contentApi } from '../support/content-api';
import { FILE, MORE, startLevelScene, SUBJECT, WORDS } from '../support/level-scene';
import type { LevelScene } from '../support/level-scene';
import { statusOf } from '../support/mail-as';
import { cleo } from '../support/mail-scene';
import { rowsOf } from '../support/scene-database';
import { ask } from '../support/unlogged-scene';

jest.setTimeout(60_000);

let mail: LevelScene['mail'];
let manager: LevelScene['manager'];
let compliance: LevelScene['compliance'];
let program: LevelScene['program'];
let auditor: LevelScene['auditor'];
let thread: LevelScene['thread'];
let reply: LevelScene['reply'];
let file: LevelScene['file'];
let record: LevelScene['record'];
let setLevel: LevelScene['setLevel'];
let setThreadLevel: LevelScene['setThreadLevel'];
let pageFor: LevelScene['pageFor'];

const at = (caller: AdminClient) => ({ admin: caller });

beforeAll(async () => {
  ({
    mail,
    manager,
    compliance,
    program,
    auditor,
    thread,
    reply,
    file,
    record,
    setLevel,
    setThreadLevel,
    pageFor,
  } = await startLevelScene());
}, 150_000);

afterAll(() => mail.end());
afterEach(async () => {
  await setThreadLevel(null);
  await setLevel('full');
});

describe('w69: the override', () => {
  it('opens everything to whoever holds it, and to nobody else', async () => {
    await setLevel('private');
    const query = '?override=true';
    expect(await statusOf(compliance, `/threads/${thread}`)).toBe(404);
    expect(await statusOf(compliance, `/threads/${thread}${query}`)).toBe(200);
    expect((await pageFor(compliance, query)).map(({ level }) => level)).toEqual(['full', 'full']);
    const opened = await ask(at(compliance), message, 'GET', `/messages/${reply}${query}`);
    expect(opened.text).toContain(WORDS);
    expect(await statusOf(compliance, `/attachments/${file}/file${query}`)).toBe(200);
    const list = await compliance.call('GET', `/email-connect${record}/threads${query}`);
    expect(await list.text()).toContain(thread);
    for (const path of [
      `/threads/${thread}`,
      `/threads/${thread}/messages`,
      `/messages/${reply}`,
      `${record}/threads`,
    ])
      expect(await statusOf(manager, `${path}${query}`)).toBe(403);
    const uses = rowsOf(
      mail.scene,
      z.object({ subject: z.string(), outcome: z.string() }),
      "select subject, outcome from email_connect_audit where action = 'mail.overridden' order by id"
    );
    const subjects = [thread, thread, reply, file, mail.contactDocumentId];
    expect(uses.filter(({ outcome }) => outcome === 'ok').map(({ subject }) => subject)).toEqual(subjects);
    expect(uses.filter(({ outcome }) => outcome === 'refused')).toHaveLength(4);
  });
});

const use = z.object({ actor: z.string(), subject: z.string(), outcome: z.string() });
const USES =
  "select actor, subject, outcome from email_connect_audit where action = 'mail.overridden' order by id";

describe('w56: programs', () => {
  const paths = () => [
    '/threads',
    '/messages',
    '/attachments',
    `/threads/${thread}`,
    `/messages/${reply}`,
    `/attachments/${file}`,
    `/attachments/${file}/file`,
    `/threads?populate=*`,
    '/messages?populate=thread.messages,attachments',
    `${record}/threads`,
    `/messages?filters[thread][documentId]=${thread}`,
    `/threads?filters[messages][subject][$contains]=${SUBJECT}`,
    `/attachments?filters[message][subject][$contains]=${SUBJECT}&sort=message.subject`,
    `/messages?_q=${SUBJECT}`,
  ];
  const told = async (): Promise<string> =>
    (await Promise.all(paths().map(async (path) => (await program.call(path)).text()))).join('\n');

  it.each(['private', 'facts', 'subject'] as const)('read nothing of what is only %s', async (level) => {
    await setLevel(level);
    const text = await told();
    expect(text).not.toMatch(new RegExp(`${MORE.source}|${thread}|${reply}|${file}|${cleo.address}`, 'i'));
    for (const path of ['/threads', '/messages', '/attachments'])
      expect((await program.list(path)).meta.pagination.total).toBe(0);
  });

  it('read what is full', async () => {
    expect(await told()).toMatch(MORE);
    expect((await program.list('/messages')).meta.pagination.total).toBe(2);
  });

  it('w79: read mail whatever its level with a scope of its own, by requests of their own, on record', async () => {
    await setLevel('private');
    const before = rowsOf(mail.scene, use, USES).length;
    const list = await auditor.list('/override/messages?populate=attachments&sort=receivedAt');
    expect(list.meta.pagination.total).toBe(2);
    expect(JSON.stringify(list)).toMatch(new RegExp(`${SUBJECT}.*${FILE}`));
    expect(JSON.stringify(list)).not.toContain(WORDS);
    expect(await (await auditor.call(`/override/messages/${reply}`)).text()).toContain(WORDS);
    expect((await auditor.call(`/override/attachments/${file}/file`)).status).toBe(200);
    expect((await auditor.call('/override/messages?filters[bcc][$containsi]=a')).status).toBe(400);
    // Relations of one mail would lead to all of its conversation, of which nothing would be on record.
    for (const path of [`${reply}?populate[thread][populate]=messages`, `${reply}?populate=*`, '%E2%80%8B'])
      expect((await auditor.call(`/override/messages/${path}`)).status).toBe(400);
    expect((await auditor.list('/messages')).meta.pagination.total).toBe(0);
    expect(rowsOf(mail.scene, use, USES).slice(before)).toEqual(
      ['all mail', reply, file, 'all mail'].map((subject) => ({
        actor: expect.stringMatching(/^API token \d+$/),
        subject,
        outcome: 'ok',
      }))
    );
  });

  it('w79: and nobody else does, not a token for all content either', async () => {
    await setLevel('private');
    const { admin, url } = mail.scene.strapi;
    for (const path of ['messages', `messages/${reply}`, `attachments/${file}/file`])
      expect((await program.call(`/override/${path}`)).status).toBe(403);
    for (const type of ['read-only', 'full-access'] as const) {
      const site = contentApi(url, await admin.apiToken({ type }));
      expect((await site.call('/override/messages')).status).toBe(403);
    }
  });
});
