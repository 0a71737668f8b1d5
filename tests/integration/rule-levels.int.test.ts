import { z } from 'zod';
import { logByHandAnswer } from '../../src/plugins/email-connect/shared/contracts/log-by-hand';
import { messagePage } from '../../src/plugins/email-connect/shared/contracts/message';
import { searchAnswer } from '../../src/plugins/email-connect/shared/contracts/search';
import { contentApiRoutes } from '../../src/plugins/email-connect/server/src/routes/content-api';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { contentApi } from '../support/content-api';
import type { ContentApi } from '../support/content-api';
import { onContacts, ours } from '../support/mail-as';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { rowsOf } from '../support/scene-database';
import { ask, mailToUs } from '../support/unlogged-scene';

jest.setTimeout(60_000);

let mail: MailScene;
/** Reads all contacts. */
let mia: AdminClient;
let program: ContentApi;

beforeAll(async () => {
  mail = await startMailScene();
  const { url, admin } = mail.scene.strapi;
  mia = adminClient(url, await addAdminUser(admin, 'mia', [...ours('threads.read'), onContacts('read')]));
  const permissions = contentApiRoutes().routes.map(({ handler }) => `plugin::email-connect.${handler}`);
  program = contentApi(url, await admin.apiToken({ type: 'custom', permissions }));
}, 150_000);

afterAll(() => mail.end());

describe('S42: rules that choose levels', () => {
  const rules = '/content-manager/collection-types/plugin::email-connect.logging-rule';
  const saved = z.object({ data: z.object({ documentId: z.string() }) });
  const save = async (data: Record<string, unknown>, documentId?: string): Promise<string> => {
    const answer = await mail.admin.call(
      documentId === undefined ? 'POST' : 'PUT',
      documentId === undefined ? rules : `${rules}/${documentId}`,
      data
    );
    return saved.parse(await answer.json()).data.documentId;
  };

  it('w77, w78: say how much is told of the mail they met, until they are deleted, on record', async () => {
    const rule = await save({ field: 'subject', pattern: 'RULED', action: 'facts' });
    const { threadDocumentId } = await mail.send('A ruled subject');
    const kept = await save({ field: 'address', pattern: cleo.address, action: 'never_log' });
    await save({ active: false }, kept);
    mail.deliver(await mail.replyTo('A ruled subject', { text: 'ruled-words-4714' }));
    await mail.waitForMessages(threadDocumentId, 2);
    const textsFor = async (caller: AdminClient) => {
      const answer = await caller.call('GET', `/email-connect/threads/${threadDocumentId}/messages`);
      return `${answer.status} ${await answer.text()}`;
    };
    const levels = async () => (await textsFor(mia)).match(/"level":"[a-z]+"/g);

    expect(await textsFor(mia)).not.toMatch(/ruled/i);
    expect(await levels()).toEqual(['"level":"facts"', '"level":"facts"']);
    expect(await textsFor(mail.admin)).toMatch(/ruled-words-4714/);
    expect((await program.list('/threads')).data).toHaveLength(0);
    await save({ action: 'private' }, rule);
    expect(await textsFor(mia)).toMatch(/^404/);
    await save({ action: 'subject' }, rule);
    expect(await levels()).toEqual(['"level":"subject"', '"level":"subject"']);
    expect((await mail.admin.call('DELETE', `${rules}/${rule}`)).status).toBe(200);
    expect(await textsFor(mia)).toMatch(/ruled-words-4714/);
    expect((await program.list('/threads')).data).toHaveLength(1);

    const entry = z.object({ action: z.string(), actor: z.string(), facts: z.string() });
    const entries = rowsOf(
      mail.scene,
      entry,
      `select action, actor, facts from email_connect_audit where subject = '${rule}' order by id`
    );
    expect(entries.map(({ action }) => action)).toEqual([
      'rule.saved',
      'rule.saved',
      'rule.saved',
      'rule.deleted',
    ]);
    expect(entries.every(({ actor }) => actor !== '')).toBe(true);
    expect(JSON.stringify(entries)).not.toContain('RULED');
  });

  it('w77: a mail that a rule keeps out, but somebody logs, is told as another rule says', async () => {
    const made = await Promise.all(
      ['never_log', 'facts'].map((action) => save({ field: 'subject', pattern: 'by hand', action }))
    );
    const messageId = 'by-hand@customer.test';
    mail.deliver(mailToUs({ 'Message-ID': `<${messageId}>`, From: cleo.address, Subject: 'By hand' }));
    await mail.pass();
    const inbox = `/inboxes/${mail.inboxDocumentId}`;
    const [found] = (await ask(mail, searchAnswer, 'POST', `${inbox}/search`, { messageId })).messages;
    expect(found?.verdict.reason).toBe('never-log-rule');
    const { location } = found ?? {};
    const { threadDocumentId } = await ask(mail, logByHandAnswer, 'POST', `${inbox}/log`, { location });
    const { messages } = await ask(
      { admin: mia },
      messagePage,
      'GET',
      `/threads/${threadDocumentId}/messages`
    );
    expect(messages.map(({ level }) => level)).toEqual(['facts']);
    for (const rule of made) expect((await mail.admin.call('DELETE', `${rules}/${rule}`)).status).toBe(200);
  });
});
