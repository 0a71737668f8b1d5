import { z } from 'zod';
import { config } from '../../src/plugins/email-connect/server/src/config';
import type { ConnectionTestRequest } from '../../src/plugins/email-connect/shared/contracts/connection-test';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { limitsEnv } from '../support/scene';
import { rowsOf } from '../support/scene-database';

jest.setTimeout(90_000);

/** As they are where nothing is set, but for what else would need hundreds of requests. */
const defaults = config.default({
  env: Object.assign((_: string, fallback = '') => fallback, {
    int: (_: string, fallback = 0) => fallback,
    bool: () => undefined,
    array: (_: string, fallback: string[] = []) => fallback,
  }),
}).rateLimits;
const limits = { ...defaults, searchesPerMinute: 3, logsPerMinute: 2 };

const connectActions = ['inboxes.read', 'inboxes.connect'].map((name) => ({
  action: `plugin::email-connect.${name}`,
}));
const auditRow = z.object({
  action: z.string(),
  actor: z.string(),
  subject: z.string(),
  outcome: z.string(),
});

let mail: MailScene;
const accounts: Record<string, AdminClient> = {};

beforeAll(async () => {
  mail = await startMailScene({
    ...limitsEnv(limits),
    EMAIL_CONNECT_ALLOWED_PRIVATE_HOSTS: 'localhost,127.0.0.1',
  });
  const { url, admin } = mail.scene.strapi;
  for (const name of ['vic', 'wim', 'xia', 'yan', 'zoe'])
    accounts[name] = adminClient(url, await addAdminUser(admin, name, connectActions));
}, 150_000);

afterAll(() => mail.end());

const account = (name: string): AdminClient => {
  const found = accounts[name];
  if (!found) throw new Error(`There is no account ${name}.`);
  return found;
};
const limitRows = () =>
  rowsOf(
    mail.scene,
    auditRow,
    "select action, actor, subject, outcome from email_connect_audit where action like 'limit.%' order by id"
  );
const logins = () => mail.server.transcript.filter(({ line }) => / (LOGIN|AUTHENTICATE) /i.test(line)).length;
const form = (change: Partial<ConnectionTestRequest> = {}): ConnectionTestRequest => ({
  ...mail.form,
  inboxDocumentId: null,
  ...change,
});
const tests = '/email-connect/connection-tests';
const ofInbox = (path: string) => `/email-connect/inboxes/${mail.inboxDocumentId}${path}`;

describe('S37: connection tests of one admin user', () => {
  test('the 21st in ten minutes is refused with the time to wait, and is on record once', async () => {
    const vic = account('vic');
    for (let time = 1; time <= limits.connectionTestsPer10Minutes; time += 1)
      expect([time, (await vic.testConnection(form())).passed]).toEqual([time, true]);
    const before = { rows: limitRows().length, logins: logins() };

    const answer = await vic.call('POST', tests, form());
    expect(answer.status).toBe(429);
    const wait = Number(answer.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(600);
    await answer.body?.cancel();
    expect(await vic.refused('POST', tests, form())).toMatchObject({
      status: 429,
      code: 'RATE_LIMITED',
      message: 'You have tried this 20 times in 10 minutes.',
      nextStep: expect.stringMatching(/^Try again in \d+ (seconds?|minutes?)\.$/),
    });
    for (const method of ['POST /inboxes', `PUT /inboxes/${mail.inboxDocumentId}`]) {
      const [verb = '', path = ''] = method.split(' ');
      expect(await vic.refused(verb, `/email-connect${path}`, {})).toMatchObject({ status: 429 });
    }
    expect(logins()).toBe(before.logins);
    expect(limitRows().slice(before.rows)).toEqual([
      expect.objectContaining({ action: 'limit.connect', outcome: 'refused' }),
    ]);
  });

  test('others are not affected', async () => {
    expect((await account('wim').testConnection(form())).passed).toBe(true);
  });
});

describe('S37: refused logins to one mailbox', () => {
  const refusedFor = async (names: string[], times: number) => {
    const guess = async (index: number) => {
      const guessed = form({ imapPassword: `guess ${index}`, smtpPassword: `guess ${index}` });
      return (await account(names[index % names.length] ?? '').call('POST', tests, guessed)).text();
    };
    const texts: string[] = [];
    // As many at once as each may.
    const atOnce = 2 * names.length;
    for (let start = 0; start < times; start += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, times - start) }, (_, index) =>
        guess(start + index)
      );
      texts.push(...(await Promise.all(some)));
    }
    return texts.filter((text) => text.includes('LOGIN_REFUSED')).length;
  };
  const mailbox = `${us.address} at localhost`;

  test('end for one person at half of what all may try, so that nobody keeps the others out', async () => {
    const before = limitRows().length;
    // Server and user name are the same for both logins of a test, so that each counts twice.
    expect(await refusedFor(['wim'], 12)).toBe(limits.refusedLoginsPer10Minutes / 4);
    expect(await account('wim').refused('POST', tests, form())).toMatchObject({
      status: 429,
      code: 'RATE_LIMITED',
      message: 'You have tried the login to this mailbox 10 times in 10 minutes.',
      nextStep: expect.stringMatching(/^Check the password, and try again in \d+ (seconds?|minutes?)\.$/),
    });
    expect(limitRows().slice(before)).toEqual([
      expect.objectContaining({
        action: 'limit.own-login',
        subject: expect.stringContaining(`${mailbox} by `),
      }),
    ]);
    expect((await account('xia').testConnection(form())).passed).toBe(true);
  });

  test('are counted together, whoever tries; then not even the right password is tried', async () => {
    const before = limitRows().length;
    expect(await refusedFor(['xia'], 8)).toBe(limits.refusedLoginsPer10Minutes / 4);

    const asked = logins();
    expect(await account('yan').refused('POST', tests, form())).toMatchObject({
      status: 429,
      code: 'RATE_LIMITED',
      message: expect.stringContaining('login to this mailbox'),
    });
    expect(logins()).toBe(asked);
    expect(limitRows().slice(before)).toContainEqual(
      expect.objectContaining({ action: 'limit.login', subject: mailbox })
    );
  });

  test('of strangers do not keep its owner from testing and mending it', async () => {
    const inboxDocumentId = mail.inboxDocumentId;
    const kept = form({ inboxDocumentId, imapPassword: '', smtpPassword: '' });
    expect((await mail.admin.testConnection(kept)).passed).toBe(true);
    expect(
      (await mail.admin.call('PUT', `/email-connect/inboxes/${inboxDocumentId}`, mail.form)).status
    ).toBe(200);
  });
});

describe('S37: refused logins at one mail server', () => {
  test('end for all mailboxes, under whichever name the server goes', async () => {
    const at = (host: string, name: string): Partial<ConnectionTestRequest> => {
      const login = { host, username: `${name}@crm.test` };
      return { imap: { ...mail.form.imap, ...login }, smtp: { ...mail.form.smtp, ...login } };
    };
    const guess = { imapPassword: 'guess', smtpPassword: 'guess' };
    const codes: string[] = [];
    for (let number = 0; number < 20; number += 1) {
      const host = number % 2 === 0 ? 'localhost' : '127.0.0.1';
      const { failed } = await account('zoe').testConnection(
        form({ ...at(host, `user${number}`), ...guess })
      );
      codes.push(...Object.values(failed).map(({ code }) => code));
    }
    const refused = codes.filter((code) => code === 'LOGIN_REFUSED').length;
    expect(refused).toBe(3 * limits.refusedLoginsPer10Minutes - 2 * (limits.refusedLoginsPer10Minutes / 2));
    const { passed, failed } = await account('yan').testConnection(form(at('localhost', 'new')));
    expect(passed).toBe(false);
    expect(failed['imap-reach']).toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('mail server'),
      nextStep: expect.stringMatching(/^Try again in/),
    });
    expect((await mail.admin.testConnection(form({ inboxDocumentId: mail.inboxDocumentId }))).passed).toBe(
      true
    );
  });
});

describe('S37: looking into a mailbox, and logging by hand', () => {
  const location = { folderPath: 'Nowhere', uidValidity: '1', imapUid: 1 };

  test('searches, explanations and trials share a limit, logging has its own', async () => {
    const admin = mail.admin;
    const search = { subject: 'nothing of this kind' };
    for (let time = 0; time < limits.searchesPerMinute; time += 1)
      expect((await admin.call('POST', ofInbox('/search'), search)).status).toBe(200);
    for (const path of ['/search', '/explain', '/dry-run'])
      expect(await admin.refused('POST', ofInbox(path), search)).toMatchObject({ code: 'RATE_LIMITED' });

    for (let time = 0; time < limits.logsPerMinute; time += 1)
      expect(await admin.refused('POST', ofInbox('/suggestions/dismiss'), {})).toMatchObject({ status: 400 });
    for (const path of ['/log', '/suggestions/accept'])
      expect(await admin.refused('POST', ofInbox(path), { location })).toMatchObject({
        code: 'RATE_LIMITED',
      });
    expect((await admin.call('GET', ofInbox('/suggestions'))).status).toBe(200);
  });
});

describe('S37: sending', () => {
  const sendRows = () => limitRows().filter(({ action }) => action === 'limit.send');

  test('a person in a hurry is never limited', async () => {
    for (let number = 1; number <= 12; number += 1)
      expect((await mail.send(`Offer ${number}`)).deliveryStatus).toBe('sent');
    expect(sendRows()).toEqual([]);
  });

  test('a script is, and what it is refused is not sent', async () => {
    const send = () => mail.admin.call('POST', '/email-connect/messages', {});
    const statuses = new Set<number>();
    for (let time = 0; time < 3 * limits.sendsPerMinute && !statuses.has(429); time += 1)
      statuses.add((await send()).status);
    expect([...statuses]).toEqual([400, 429]);
    await expect(mail.send('Offer 13')).rejects.toThrow(/tried this 60 times/);
    expect(() => mail.received('Offer 13')).toThrow('Cleo got no mail');
    expect(sendRows()).toHaveLength(1);
  });
});
