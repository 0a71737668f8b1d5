import { z } from 'zod';
import { startMailServer } from '../../dev/mail-server';
import type { MailServer } from '../../dev/mail-server';
import type { ConnectionTestRequest } from '../../src/plugins/email-connect/shared/contracts/connection-test';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { makeCertificate } from '../support/certificates';
import type { Certificate } from '../support/certificates';
import { startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { rowsOf } from '../support/scene-database';

jest.setTimeout(60_000);

const tests = '/email-connect/connection-tests';
const ours = (...names: string[]) => names.map((name) => ({ action: `plugin::email-connect.${name}` }));
const auditRow = z.object({
  action: z.string(),
  subject: z.string(),
  outcome: z.string(),
  facts: z.string().transform((facts) => z.record(z.string(), z.string()).parse(JSON.parse(facts))),
});

let mail: MailScene;
/** The mail server of whoever is after the password: our user would be let in with it. */
let theirs: MailServer;
let theirCertificate: Certificate;
/** May change everybody's inboxes. */
let manager: AdminClient;
/** May connect an inbox of their own. */
let stranger: AdminClient;

beforeAll(async () => {
  theirCertificate = await makeCertificate({ names: ['localhost'] });
  theirs = await startMailServer({ users: [us], tls: theirCertificate });
  mail = await startMailScene({ EMAIL_CONNECT_ALLOWED_PRIVATE_HOSTS: 'localhost,127.0.0.1' });
  const { url, admin } = mail.scene.strapi;
  const client = async (name: string, ...actions: string[]) =>
    adminClient(url, await addAdminUser(admin, name, ours(...actions)));
  manager = await client('manager', 'inboxes.read', 'inboxes.connect', 'inboxes.manage');
  stranger = await client('stranger', 'inboxes.read', 'inboxes.connect');
}, 150_000);

afterAll(async () => {
  await mail.end();
  await theirs.close();
});

/** An edit of our inbox that keeps its stored passwords. */
const edit = (change: Partial<ConnectionTestRequest> = {}): ConnectionTestRequest => ({
  ...mail.form,
  imapPassword: '',
  smtpPassword: '',
  inboxDocumentId: mail.inboxDocumentId,
  ...change,
});
const theirImap = () => ({
  ...mail.form.imap,
  port: theirs.imapsPort,
  pinnedCertificate: theirCertificate.fingerprint,
});
const theirSmtp = () => ({
  ...mail.form.smtp,
  port: theirs.smtpsPort,
  pinnedCertificate: theirCertificate.fingerprint,
});
const path = () => `/email-connect/inboxes/${mail.inboxDocumentId}`;
const audit = () =>
  rowsOf(mail.scene, auditRow, 'select action, subject, outcome, facts from email_connect_audit order by id');
/** What was put on record meanwhile. */
const auditedBy = async (work: () => Promise<unknown>) => {
  const before = audit().length;
  await work();
  return audit().slice(before);
};

/** Each moves the stored passwords, or one of them, elsewhere. */
const moves: [string, () => Partial<ConnectionTestRequest>][] = [
  ['both servers', () => ({ imap: theirImap(), smtp: theirSmtp() })],
  ['the server to read from', () => ({ imap: theirImap() })],
  ['the server to send over', () => ({ smtp: theirSmtp() })],
  ['the host, by another name', () => ({ imap: { ...theirImap(), host: '127.0.0.1' } })],
];

describe('S43: a stored password and a server that somebody types in', () => {
  test.each(moves)('%s: a test asks for it again, and the other server hears nothing', async (_, change) => {
    const entries = await auditedBy(async () => {
      expect(await manager.refused('POST', tests, edit(change()))).toMatchObject({
        status: 400,
        code: 'PASSWORD_NEEDED',
        nextStep: expect.stringContaining('again'),
      });
    });
    expect(theirs.transcript).toEqual([]);
    expect(entries).toEqual([
      {
        action: 'inbox.tested',
        subject: mail.inboxDocumentId,
        outcome: 'refused',
        facts: expect.objectContaining({ code: 'PASSWORD_NEEDED', imap: expect.stringMatching(/:\d+$/) }),
      },
    ]);
  });

  test.each(moves)(
    '%s: an edit asks for it again, saves nothing, and goes on as before',
    async (_, change) => {
      for (const caller of [manager, mail.admin])
        expect(await caller.refused('PUT', path(), edit(change()))).toMatchObject({
          code: 'PASSWORD_NEEDED',
        });
      expect(theirs.transcript).toEqual([]);
      await mail.pass();
      expect(await mail.readInbox()).toMatchObject({
        state: 'ok',
        imap: { port: mail.form.imap.port, pinnedCertificate: null },
        smtp: { port: mail.form.smtp.port, pinnedCertificate: null },
      });
    }
  );

  test('neither for another user name, nor for a certificate that a person trusts from now on', async () => {
    const pin = 'ab'.repeat(32);
    for (const imap of [
      { ...mail.form.imap, username: 'someone@crm.test' },
      { ...mail.form.imap, pinnedCertificate: pin },
      { ...mail.form.imap, tls: 'starttls' as const },
    ])
      expect(await manager.refused('POST', tests, edit({ imap }))).toMatchObject({ code: 'PASSWORD_NEEDED' });
  });

  test('for the very same login it stands in for an empty one', async () => {
    const tested = await manager.testConnection(edit());
    expect(tested).toMatchObject({ passed: true, failed: {} });
    const { host } = mail.form.imap;
    const imap = { ...mail.form.imap, host: host.toUpperCase() };
    expect((await manager.testConnection(edit({ imap }))).passed).toBe(true);
    expect((await mail.admin.call('PUT', path(), { ...edit(), senderName: 'Uma Anew' })).status).toBe(200);
    expect(await mail.readInbox()).toMatchObject({ senderName: 'Uma Anew' });
  });

  test('connecting again after a disconnection asks for it, wherever', async () => {
    await mail.admin.call('POST', `${path()}/actions/disconnect`);
    for (const change of [{}, { imap: theirImap(), smtp: theirSmtp() }])
      expect(await mail.admin.refused('PUT', path(), edit(change))).toMatchObject({
        code: 'INBOX_NOT_CONNECTED',
      });
    expect(theirs.transcript).toEqual([]);
    expect((await mail.admin.call('PUT', path(), mail.form)).status).toBe(200);
  });

  test('what a person types in goes there: the other server can hear', async () => {
    const typed = { imapPassword: us.password, smtpPassword: us.password };
    const tested = await manager.testConnection(edit({ imap: theirImap(), smtp: theirSmtp(), ...typed }));
    expect(tested).toMatchObject({ passed: true, failed: {} });
    for (const protocol of ['imap', 'smtp'])
      expect(theirs.transcript.filter((entry) => entry.protocol === protocol)).not.toEqual([]);
  });

  test('of one server goes there while the other moves with a typed one', async () => {
    const heard = theirs.transcript.length;
    const form = edit({ imap: theirImap(), imapPassword: us.password });
    expect(await manager.testConnection(form)).toMatchObject({ passed: true });
    const logins = theirs.transcript
      .slice(heard)
      .filter(({ direction, line }) => direction === 'in' && /\b(LOGIN|AUTH(ENTICATE)?)\b/.test(line));
    expect(new Set(logins.map(({ protocol }) => protocol))).toEqual(new Set(['imap']));
  });
});

describe('S37: tests of a connection', () => {
  test('are on record when they pass, when they fail, and when they are refused', async () => {
    const entries = await auditedBy(async () => {
      await stranger.testConnection({ ...mail.form, inboxDocumentId: null });
      await stranger.testConnection({
        ...mail.form,
        imapPassword: 'guess',
        smtpPassword: 'guess',
        inboxDocumentId: null,
      });
      expect(await stranger.refused('POST', tests, edit())).toMatchObject({
        status: 403,
        code: 'NOT_ALLOWED',
        message: expect.stringContaining('someone else'),
        nextStep: expect.stringContaining('owner'),
      });
    });
    const { imap, smtp } = mail.form;
    const places = { imap: `${imap.host}:${imap.port}`, smtp: `${smtp.host}:${smtp.port}` };
    expect(entries).toEqual([
      { action: 'inbox.tested', subject: places.imap, outcome: 'ok', facts: places },
      {
        action: 'inbox.tested',
        subject: places.imap,
        outcome: 'refused',
        facts: { ...places, code: 'LOGIN_REFUSED' },
      },
      { action: 'inbox.tested', subject: mail.inboxDocumentId, outcome: 'refused', facts: {} },
    ]);
    expect(JSON.stringify(audit())).not.toMatch(/guess|horse/);
  });

  test('S39: say why when the stored password cannot be opened', async () => {
    await mail.scene.run(
      "update email_connect_secrets set sealed = 'v1.a.b.c.d' where kind = 'smtpPassword'"
    );
    expect(await manager.refused('POST', tests, edit())).toMatchObject({
      status: 503,
      code: 'KEY_WRONG',
      nextStep: expect.stringContaining('ENCRYPTION_KEY'),
    });
    expect(audit().at(-1)).toMatchObject({ action: 'inbox.tested', facts: { code: 'KEY_WRONG' } });
  });
});
