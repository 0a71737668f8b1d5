import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { crmOf } from '../../dev/demo/crm';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';
import { backfillAnswer } from '../../src/plugins/email-connect/shared/contracts/backfill';
import { inbox, inboxWithFolders } from '../../src/plugins/email-connect/shared/contracts/inbox';
import { logByHandAnswer } from '../../src/plugins/email-connect/shared/contracts/log-by-hand';
import { searchAnswer } from '../../src/plugins/email-connect/shared/contracts/search';
import { settings } from '../../src/plugins/email-connect/shared/contracts/settings';
import { adminClient } from '../support/admin-client';
import { cleo, startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { describeWith } from '../support/services';
import { ask, mailToUs } from '../support/unlogged-scene';
import { sharedDatabases } from '../support/processes-matrix';
import { until } from '../support/until';

/** No pass comes by itself while this file runs: what is seen of a press is seen because it was heard. */
const env = { EMAIL_CONNECT_PASS_INTERVAL_SECONDS: '1800' };
const WAIT_MS = 60_000;

const leaseRow = z.object({ holder: z.string(), token: z.coerce.number() });
const countRow = z.object({ count: z.coerce.number() });

describe.each(sharedDatabases)('S52: two people at two processes on one %s', (database, service) => {
  describeWith(service, 'with the same inbox', () => {
    let mail: MailScene;
    let other: StrapiProcess;
    let path = '';
    /** Of the process that connected the inbox. */
    let firstHolder = '';

    beforeAll(async () => {
      mail = await startMailScene(env, database);
      path = `/inboxes/${mail.inboxDocumentId}`;
      firstHolder = await holder();
      other = await mail.scene.startAnother();
    }, 300_000);
    afterAll(async () => {
      await other?.stop();
      expect(mail.server.unexpectedErrors).toEqual([]);
      await mail.end();
    }, 60_000);

    const one = async (sql: string): Promise<unknown> => (await mail.scene.rows(sql))[0];
    const ofInbox = () => `where inbox_document_id = '${mail.inboxDocumentId}'`;
    const lease = async () =>
      leaseRow.parse(await one(`select holder, token from email_connect_leases ${ofInbox()}`));
    const holder = async () => (await lease()).holder;
    /** As if its holder had been silent for too long. Resolves when somebody has it again. */
    const loseLease = async () => {
      await mail.scene.run(`update email_connect_leases set expires_at = 0, token = token + 1 ${ofInbox()}`);
      const { token } = await lease();
      await itOnce('was taken', async () => (await lease()).token > token);
    };
    const clientOf = ({ url, admin }: StrapiProcess) => ({ admin: adminClient(url, admin.token) });
    const both = () => [clientOf(mail.scene.strapi), clientOf(other)];
    /** The process that does not hold the inbox. */
    const elsewhere = async () => {
      const now = await holder();
      expect(now).not.toBe('');
      return clientOf(now === firstHolder ? other : mail.scene.strapi);
    };
    const press = async (action: string) =>
      ask(await elsewhere(), inbox, 'POST', `${path}/actions/${action}`);
    const itOnce = (what: string, holds: () => Promise<boolean>) =>
      until(holds, `It never ${what}.`, WAIT_MS, 50);
    const recorded = async (messageId: string): Promise<number> =>
      countRow.parse(
        await one(`select count(*) as count from email_connect_messages where message_id = '${messageId}'`)
      ).count;
    /** A pass by what is stored now: one that began by what was stored before says nothing of itself. */
    const passAfter = async <Answer>(change: () => Promise<Answer>): Promise<Answer> => {
      const { lastPassAt } = await mail.readInbox();
      const answer = await change();
      await mail.waitForInbox('was read', (now) => now.lastPassAt !== lastPassAt && now.state === 'ok');
      return answer;
    };
    const linesOf = (pattern: RegExp, from = 0): number[] =>
      mail.server.transcript
        .slice(from)
        .filter(
          ({ protocol, direction, line }) => protocol === 'imap' && direction === 'in' && pattern.test(line)
        )
        .map(({ session }) => session);
    /** The sessions that read mail up to now: of the holder, not of a connection test. */
    const readers = () => new Set(linesOf(/ UID (FETCH|SEARCH) | STATUS | IDLE/));
    const expectLetGo = async (press: () => Promise<unknown>) => {
      const reading = readers();
      const from = mail.server.transcript.length;
      await press();
      await itOnce('let go of the mailbox', async () =>
        linesOf(/ LOGOUT/, from).some((session) => reading.has(session))
      );
      return mail.server.transcript.length;
    };
    const strangersMail = (name: string) =>
      mailToUs({ 'Message-ID': `<${name}@stranger.test>`, From: 'Sid <sid@stranger.test>', Subject: name });

    it('a policy holds for the next mail, wherever it was chosen', async () => {
      const policy = {
        policy: 'known-contacts',
        logAddress: 'uma+log@crm.test',
        trustedAuthServers: 'known',
      };
      await passAfter(async () => ask(await elsewhere(), inboxWithFolders, 'PUT', `${path}/policy`, policy));
      mail.deliver(
        mailToUs({ 'Message-ID': '<new@customer.test>', From: `Cleo <${cleo.address}>`, Subject: 'New' })
      );
      await itOnce('logged the mail of a contact', async () => (await recorded('new@customer.test')) === 1);
    }, 120_000);

    it('a pause lets go of the mailbox at once, and its end finds what came meanwhile', async () => {
      const { threadDocumentId } = await mail.send('Paused');
      const answer = await mail.replyTo('Paused', { text: 'While it was paused.' });
      const from = await expectLetGo(() => press('pause'));
      await expect(mail.readInbox()).resolves.toMatchObject({ state: 'paused' });
      mail.deliver(answer);
      await sleep(3_000);
      expect(linesOf(/ FETCH /, from)).toEqual([]);
      await passAfter(() => press('resume'));
      await mail.waitForMessages(threadDocumentId, 2);
    }, 120_000);

    it('"check now" finds a folder that was just made, and what it is for is heard', async () => {
      mail.server.mailbox(us.address).createFolder('CRM');
      await passAfter(() => press('sync'));
      const { folders: listed, sentCopy, sentFolderPath } = await mail.readInbox();
      expect(listed.map(({ folderPath }) => folderPath)).toContain('CRM');
      const folders = [
        { folderPath: 'INBOX', role: 'watch' },
        { folderPath: 'CRM', role: 'log' },
      ];
      const choice = { folders, sentCopy, sentFolderPath };
      await passAfter(async () => ask(await elsewhere(), inboxWithFolders, 'PUT', `${path}/folders`, choice));
      mail.deliver(strangersMail('put'), 'CRM');
      await passAfter(() => press('sync'));
      await itOnce('logged what was put there', async () => (await recorded('put@stranger.test')) === 1);
    }, 120_000);

    it('"log it now", pressed by two people at once, makes one record', async () => {
      mail.deliver(strangersMail('by-hand'));
      const search = { messageId: 'by-hand@stranger.test' };
      const { messages } = await ask(await elsewhere(), searchAnswer, 'POST', `${path}/search`, search);
      const contact = {
        contactType: 'plugin::email-connect.contact',
        documentId: mail.contactDocumentId,
      };
      const body = { location: messages[0]?.location, contact };
      const answers = await Promise.all(
        both().map((client) => ask(client, logByHandAnswer, 'POST', `${path}/log`, body))
      );
      expect(new Set(answers.map(({ threadDocumentId }) => threadDocumentId)).size).toBe(1);
      expect(await recorded('by-hand@stranger.test')).toBe(1);
    }, 120_000);

    it('older mail that is asked for is read', async () => {
      const { threadDocumentId } = await mail.send('Older');
      const yesterday = new Date(Date.now() - 24 * 3_600_000);
      const older = await mail.replyTo('Older', { text: 'From a day before.' });
      mail.server.mailbox(us.address).append('INBOX', older, [], yesterday);
      const since = new Date(Date.now() - 72 * 3_600_000).toISOString();
      await ask(await elsewhere(), backfillAnswer, 'POST', `${path}/backfill`, { since });
      await mail.waitForMessages(threadDocumentId, 2);
      await itOnce('was done', async () => {
        const { backfill } = await ask(await elsewhere(), backfillAnswer, 'GET', `${path}/backfill`);
        return backfill?.state === 'done';
      });
    }, 120_000);

    it('an edit keeps the connection where the login is the same', async () => {
      const reading = readers();
      const from = mail.server.transcript.length;
      await passAfter(async () =>
        ask(await elsewhere(), inbox, 'PUT', path, { ...mail.form, senderName: 'Uma Edited' })
      );
      const since = linesOf(/ UID (FETCH|SEARCH) | STATUS | EXAMINE /, from);
      expect(since.some((session) => reading.has(session))).toBe(true);
      expect(linesOf(/ LOGOUT/, from).filter((session) => reading.has(session))).toEqual([]);
      await expect(mail.readInbox()).resolves.toMatchObject({ senderName: 'Uma Edited' });
    }, 120_000);

    it('two editors at once keep both changes', async () => {
      const [here, there] = both();
      const edited = { ...mail.form, label: 'Ours' };
      const policy = {
        policy: 'replies',
        logAddress: 'uma+both@crm.test',
        trustedAuthServers: ['mx.crm.test'],
      };
      await Promise.all([
        ask(here!, inbox, 'PUT', path, edited),
        ask(there!, inboxWithFolders, 'PUT', `${path}/policy`, policy),
      ]);
      await expect(mail.readInbox()).resolves.toMatchObject({ ...policy, label: 'Ours' });
      await mail.waitForInbox('was ok', ({ state }) => state === 'ok');
    }, 120_000);

    it('S4: a disconnection lets go of mailbox, lease and passwords; whoever connects it again finds the gap', async () => {
      const { threadDocumentId } = await mail.send('Gap');
      const answer = await mail.replyTo('Gap', { text: 'While nobody was connected.' });
      const from = await expectLetGo(() => press('disconnect'));
      await itOnce('let go of the lease', async () => (await holder()) === '');
      mail.deliver(answer);
      const secrets = `select count(*) as count from email_connect_secrets ${ofInbox()}`;
      expect(countRow.parse(await one(secrets)).count).toBe(0);
      await sleep(3_000);
      expect(linesOf(/ FETCH /, from)).toEqual([]);

      await passAfter(() => ask(clientOf(other), inbox, 'PUT', path, mail.form));
      const { messages } = await crmOf(other.url, other.admin.token).readThread(threadDocumentId);
      expect(messages.map(({ text }) => text)).toContainEqual(
        expect.stringContaining('While nobody was connected.')
      );
    }, 120_000);

    it('c25: a login that was refused is not tried again by who takes over, until a person says so', async () => {
      mail.server.mailbox(us.address).setPassword('another password');
      await loseLease();
      await mail.waitForInbox('was refused', ({ stateCode }) => stateCode === 'LOGIN_REFUSED');
      const from = mail.server.transcript.length;
      await loseLease();
      await sleep(5_000);
      expect(linesOf(/ (LOGIN|AUTHENTICATE) /, from)).toEqual([]);

      mail.server.mailbox(us.address).setPassword(us.password);
      await passAfter(() => press('sync'));
    }, 120_000);

    it('of two people who connect one mailbox at once one does, and the other is told', async () => {
      const clients = both();
      const { consentTextVersion } = await ask(clients[0]!, settings, 'GET', '/settings');
      const form = { ...mail.scene.inboxForm(cleo.address, cleo.password), consentTextVersion };
      const answers = await Promise.all(
        clients.map(({ admin }) => admin.call('POST', '/email-connect/inboxes', form))
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const refused = answers.find(({ status }) => status === 409);
      expect(await refused?.text()).toContain('INBOX_ALREADY_CONNECTED');
      expect(
        countRow.parse(
          await one(`select count(*) as count from email_connect_inboxes where address = '${cleo.address}'`)
        ).count
      ).toBe(1);
    }, 120_000);
  });
});
