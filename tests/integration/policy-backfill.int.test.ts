import { z } from 'zod';
import { backfillAnswer } from '../../src/plugins/email-connect/shared/contracts/backfill';
import { inboxWithFolders } from '../../src/plugins/email-connect/shared/contracts/inbox';
import { contentApi } from '../support/content-api';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { rowsOf } from '../support/scene-database';
import { ask } from '../support/unlogged-scene';

jest.setTimeout(90_000);

let mail: MailScene;
let inbox = '';

beforeAll(async () => {
  mail = await startMailScene({ EMAIL_CONNECT_BACKFILL_DAILY_BYTES: '1000000' });
  inbox = `/inboxes/${mail.inboxDocumentId}`;
}, 150_000);

afterAll(async () => {
  expect(mail.server.unexpectedErrors).toEqual([]);
  await mail.end();
});

const actions = () =>
  rowsOf(
    mail.scene,
    z.object({ action: z.string() }),
    'select action from email_connect_audit order by id'
  ).map(({ action }) => action);
const refused = (method: string, path: string, body?: unknown) =>
  mail.admin.refused(method, `/email-connect${inbox}${path}`, body);

describe('S18, S28: what an inbox logs besides replies', () => {
  const policy = { policy: 'replies', logAddress: '', trustedAuthServers: 'known' };

  test('is chosen by its owner, shown, kept over an edit, and on record', async () => {
    const chosen = {
      policy: 'known-contacts',
      logAddress: 'Uma+Log@crm.test',
      trustedAuthServers: ['MX.crm.test'],
    };
    const kept = { ...chosen, logAddress: 'uma+log@crm.test', trustedAuthServers: ['mx.crm.test'] };
    expect(await ask(mail, inboxWithFolders, 'PUT', `${inbox}/policy`, chosen)).toMatchObject(kept);
    await mail.waitForInbox('was ok', ({ state }) => state === 'ok');
    await mail.admin.call('PUT', `/email-connect${inbox}`, {
      ...mail.form,
      imapPassword: '',
      smtpPassword: '',
    });
    expect(await mail.waitForInbox('was ok', ({ state }) => state === 'ok')).toMatchObject(kept);
    expect(actions()).toContain('inbox.policy-chosen');
  });

  test.each([
    ['an address elsewhere', { ...policy, logAddress: 'log@elsewhere.test' }, 'INPUT_INVALID'],
    ['what is no address', { ...policy, logAddress: 'log' }, 'ADDRESS_INVALID'],
    ['a line break', { ...policy, logAddress: 'uma+log@crm.test\r\nBcc: v@e.test' }, 'HEADER_INJECTION'],
    ['a server that is none', { ...policy, trustedAuthServers: ['mx crm'] }, 'INPUT_INVALID'],
    ['servers without one', { ...policy, trustedAuthServers: [] }, 'INPUT_INVALID'],
    ['servers that are a word', { ...policy, trustedAuthServers: 'all' }, 'INPUT_INVALID'],
    ['a policy that is none', { ...policy, policy: 'everything' }, 'INPUT_INVALID'],
  ])('%s is refused', async (_, body, code) => {
    expect(await refused('PUT', '/policy', body)).toMatchObject({ status: 400, code });
    expect(await mail.readInbox()).toMatchObject({ policy: 'known-contacts' });
  });

  test('S33: where to send mail that is logged, and who is believed, is told to no program', async () => {
    const { strapi } = mail.scene;
    const permissions = ['plugin::email-connect.inbox.find'];
    const reader = contentApi(strapi.url, await strapi.admin.apiToken({ type: 'custom', permissions }));
    const text = await (await reader.call('/inboxes?populate=*')).text();
    expect(text).toContain('uma@crm.test');
    expect(text).not.toMatch(/uma\+log|mx\.crm|trustedAuthServers|logAddress/);
    for (const field of ['logAddress', 'trustedAuthServers'])
      expect(await reader.status(`/inboxes?filters[${field}][$notNull]=true`)).toBe(400);
  });
});

describe('S16: what folders are for', () => {
  const choose = (folders: object[]) => ({ folders, sentCopy: 'append', sentFolderPath: 'Sent' });

  test('is chosen folder by folder; P10: each says how far it is complete', async () => {
    mail.server.mailbox('uma@crm.test').createFolder('CRM');
    await mail.pass();
    await mail.waitForInbox('listed it', ({ folders }) =>
      folders.some(({ folderPath }) => folderPath === 'CRM')
    );
    const folders = [
      { folderPath: 'INBOX', role: 'watch' },
      { folderPath: 'CRM', role: 'log' },
      { folderPath: 'Archive', role: 'none' },
    ];
    const chosen = await ask(mail, inboxWithFolders, 'PUT', `${inbox}/folders`, choose(folders));
    const roleOf = new Map(
      chosen.folders.map(({ folderPath, role, watched }) => [folderPath, { role, watched }])
    );
    expect(roleOf.get('INBOX')).toEqual({ role: 'watch', watched: true });
    expect(roleOf.get('CRM')).toEqual({ role: 'log', watched: true });
    expect(roleOf.get('Archive')).toEqual({ role: 'none', watched: false });
    const read = await mail.waitForInbox('was complete', (state) =>
      state.folders.some(({ folderPath, completeUpTo }) => folderPath === 'CRM' && completeUpTo !== null)
    );
    expect(read.folders.find(({ folderPath }) => folderPath === 'INBOX')).toMatchObject({
      missing: 0,
      failures: 0,
      listed: true,
      completeUpTo: expect.any(String),
    });
  });

  test.each([
    ['INBOX as a folder for un-logging', [{ folderPath: 'INBOX', role: 'unlog' }]],
    ['a folder that is not there', [{ folderPath: 'Nowhere', role: 'watch' }]],
    ['a role that is none', [{ folderPath: 'INBOX', role: 'delete' }]],
  ])('%s is refused', async (_, folders) => {
    expect(await refused('PUT', '/folders', choose(folders))).toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('S7: older mail', () => {
  const begin = (since: string) => ask(mail, backfillAnswer, 'POST', `${inbox}/backfill`, { since });
  const act = (action: string) => ask(mail, backfillAnswer, 'POST', `${inbox}/backfill/${action}`);
  const state = async () => (await ask(mail, backfillAnswer, 'GET', `${inbox}/backfill`)).backfill?.state;

  test('none was asked for at first', async () => {
    expect(await ask(mail, backfillAnswer, 'GET', `${inbox}/backfill`)).toEqual({ backfill: null });
    expect(await refused('POST', '/backfill/pause')).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test('is asked for, paused, resumed and cancelled; there is one at a time', async () => {
    // Nobody reads meanwhile.
    await mail.admin.call('POST', `/email-connect${inbox}/actions/pause`);
    expect((await begin('2026-01-01')).backfill).toMatchObject({
      since: '2026-01-01T00:00:00.000Z',
      state: 'running',
      scanned: 0,
      logged: 0,
      bytesToday: 0,
      dailyBytes: 1_000_000,
    });
    expect(await refused('POST', '/backfill', { since: '2026-02-01' })).toMatchObject({
      status: 409,
      code: 'BACKFILL_RUNNING',
    });
    for (const [action, then] of [
      ['pause', 'paused'],
      ['resume', 'running'],
      ['cancel', 'cancelled'],
    ] as const) {
      expect((await act(action)).backfill?.state).toBe(then);
      expect(await state()).toBe(then);
    }
    expect(await refused('POST', '/backfill/resume')).toMatchObject({ code: 'INPUT_INVALID' });
    expect(actions()).toEqual(
      expect.arrayContaining([
        'backfill.requested',
        'backfill.paused',
        'backfill.running',
        'backfill.cancelled',
      ])
    );
  });

  test('runs to its end while the inbox is live', async () => {
    await mail.admin.call('POST', `/email-connect${inbox}/actions/resume`);
    await begin('2026-01-01');
    for (const deadline = Date.now() + 30_000; (await state()) !== 'done';) {
      if (Date.now() > deadline) throw new Error('The backfill never ended.');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  test.each([
    ['a day to come', { since: '2999-01-01' }, '/backfill'],
    ['no day', {}, '/backfill'],
    ['what is no day', { since: 'Monday' }, '/backfill'],
    ['an action that is none', {}, '/backfill/delete'],
  ])('%s is refused', async (_, body, path) => {
    expect(await refused('POST', path, body)).toMatchObject({ status: 400, code: 'INPUT_INVALID' });
  });
});
