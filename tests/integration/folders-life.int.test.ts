import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { replyTo } from '../../dev/mail-server';
import { inboxWithFolders } from '../../src/plugins/email-connect/shared/contracts/inbox';
import type {
  FolderRoleAnswer,
  InboxWithFolders,
} from '../../src/plugins/email-connect/shared/contracts/inbox';
import type { WholeThread } from '../../dev/demo/crm';
import { adminClient } from '../support/admin-client';
import { startDovecotScene, us } from '../support/dovecot-scene';
import type { DovecotScene } from '../support/dovecot-scene';
import { messageIdOf } from '../support/mail-program';
import { filesBelow, filesHolding } from '../support/search-files';
import { describeWith } from '../support/services';
import { readTranscript, readsBody } from '../support/transcript';
import { ask } from '../support/unlogged-scene';
import { until } from '../support/until';

const grace = 'grace@customer.example';
const henry = 'henry@customer.example';
const canary = `canary${randomBytes(9).toString('hex')}`;

describeWith('dovecot', 'folders over time, on a real Dovecot', () => {
  let stage: DovecotScene;
  let graceId = '';
  let henryId = '';

  const mailbox = (action: string, ...names: string[]) =>
    stage.dovecot.doveadm('mailbox', action, '-u', us.address, ...names);
  const program = () => stage.programOf(us.address);
  const call = (method: string, path: string, body?: unknown): Promise<InboxWithFolders> => {
    const { url, admin } = stage.scene.strapi;
    const inbox = `/inboxes/${stage.inboxDocumentId}`;
    return ask({ admin: adminClient(url, admin.token) }, inboxWithFolders, method, inbox + path, body);
  };
  const act = async (action: string): Promise<void> => {
    const path = `/email-connect/inboxes/${stage.inboxDocumentId}/actions/${action}`;
    expect((await stage.scene.strapi.admin.fetch('POST', path)).status).toBe(200);
  };
  const folder = async (folderPath: string) =>
    (await call('GET', '')).folders.find((one) => one.folderPath === folderPath);

  const send = async (subject: string): Promise<WholeThread> => {
    const { threadDocumentId } = await stage.scene.crm.send({
      contactDocumentId: graceId,
      answersDocumentId: null,
      to: [grace],
      cc: [],
      bcc: [],
      subject,
      text: 'What do you say?',
      html: '',
    });
    return stage.scene.crm.readThread(threadDocumentId);
  };
  const answers = async (thread: WholeThread, count: number, text = 'Yes.'): Promise<Buffer[]> => {
    const { raw } = await stage.programOf(grace).waitFor('INBOX', thread.messages[0]?.messageId ?? '');
    return Promise.all(
      Array.from({ length: count }, (_, i) => replyTo(raw, { from: grace, text: `${text} ${i}` }))
    );
  };
  const incomingOf = async ({ documentId }: WholeThread): Promise<string[]> =>
    (await stage.scene.crm.readThread(documentId)).messages
      .filter(({ direction }) => direction === 'incoming')
      .map(({ messageId }) => messageId ?? '')
      .sort();
  const ids = (raws: readonly Buffer[]) => raws.map(messageIdOf).sort();

  /** A folder, watched. */
  const makeFolder = async (name: string): Promise<void> => {
    await mailbox('create', name);
    await stage.pass();
    expect(await folder(name)).toMatchObject({ watched: true, listed: true });
  };
  /** Dovecot: a session that opens a folder while it is deleted makes its directory again, and nobody can create it then. */
  const makeAnew = async (name: string): Promise<void> => {
    await mailbox('delete', name);
    for (let more = 10; ; more -= 1) {
      try {
        await mailbox('create', name);
        return;
      } catch (error) {
        if (more === 0) throw error;
        await mailbox('delete', name).catch(() => undefined);
        await sleep(200);
      }
    }
  };
  const choose = async (roles: Record<string, FolderRoleAnswer>): Promise<void> => {
    const { folders, sentCopy, sentFolderPath } = await call('GET', '');
    await call('PUT', '/folders', {
      folders: folders
        .filter(({ listed }) => listed)
        .map(({ folderPath, role }) => ({ folderPath, role: roles[folderPath] ?? role })),
      sentCopy,
      sentFolderPath,
    });
    await stage.pass();
  };

  beforeAll(async () => {
    stage = await startDovecotScene([grace, henry]);
    graceId = await stage.scene.crm.createContact({ name: 'Grace', email: grace, company: '' });
    henryId = await stage.scene.crm.createContact({ name: 'Henry', email: henry, company: '' });
  }, 150_000);
  afterAll(() => stage.end());

  it('P3, c1: a folder made anew under its name loses nothing and doubles nothing, before, during and after', async () => {
    await makeFolder('Projects');
    const thread = await send('P3 made anew');
    const [first, during, after, ...others] = await answers(thread, 8);
    if (!first || !during || !after) throw new Error('There are eight answers.');
    await program().append('Projects', first);
    for (const other of others) await program().append('Projects', other);
    await stage.pass();
    expect(await incomingOf(thread)).toEqual(ids([first, ...others]));

    await act('pause');
    await makeAnew('Projects');
    // As from a backup: new mail first, and what was read already under UIDs that meant other mail.
    await program().append('Projects', during);
    for (const other of others) await program().append('Projects', other);
    await act('resume');
    await stage.pass();
    expect(await incomingOf(thread)).toEqual(ids([first, during, ...others]));

    await program().append('Projects', after);
    await stage.pass();
    expect(await incomingOf(thread)).toEqual(ids([first, during, after, ...others]));
    expect(await folder('Projects')).toMatchObject({ missing: 0, failures: 0, lastErrorCode: null });
  }, 180_000);

  it('P3, c1, c2: made anew again and again while replies come: each is there once', async () => {
    await makeFolder('Restless');
    const thread = await send('P3 restless');
    const raws = await answers(thread, 14);
    for (const [i, raw] of raws.entries()) {
      if (i % 2 === 1) {
        await makeAnew('Restless');
      }
      await program().append('Restless', raw);
      await stage.pass();
    }
    expect(await incomingOf(thread)).toEqual(ids(raws));
    expect(await folder('Restless')).toMatchObject({ missing: 0, failures: 0 });
  }, 180_000);

  it('c12, S16: a renamed, a new and a deleted folder, each with mail, and nobody else is bothered', async () => {
    await makeFolder('Old name');
    await makeFolder('Doomed');
    const thread = await send('c12');
    const [before, inRenamed, inNew, inInbox] = await answers(thread, 4);
    if (!before || !inRenamed || !inNew || !inInbox) throw new Error('There are four answers.');
    await program().append('Old name', before);
    await stage.pass();

    await mailbox('rename', 'Old name', 'New name');
    await mailbox('create', 'Filed by a rule');
    await mailbox('delete', 'Doomed');
    await program().append('New name', inRenamed);
    await program().append('Filed by a rule', inNew);
    await stage.dovecot.deliver(us.address, inInbox);
    await stage.pass();

    expect(await incomingOf(thread)).toEqual(ids([before, inRenamed, inNew, inInbox]));
    expect(await call('GET', '')).toMatchObject({ state: 'ok', quarantined: 0 });
    for (const name of ['Doomed', 'Old name']) {
      await until(async () => {
        if ((await folder(name))?.listed === false) return true;
        // Dovecot: a session that opens a folder while it goes makes its directory again. Rejects if it is not there.
        await mailbox('delete', name);
        await stage.pass();
        return false;
      }, `${name} is still listed.`);
    }
    expect(await folder('New name')).toMatchObject({ listed: true, missing: 0 });
  }, 180_000);

  it('P4: a recorded message that is moved, put into Trash or deleted for good stays recorded, once', async () => {
    const thread = await send('P4 moved');
    const raws = await answers(thread, 3);
    for (const raw of raws) await stage.dovecot.deliver(us.address, raw);
    await stage.pass();
    for (const [i, target] of ['Archive', 'Trash'].entries())
      await stage.dovecot.doveadm(
        'move',
        '-u',
        us.address,
        target,
        'mailbox',
        'INBOX',
        'header',
        'message-id',
        messageIdOf(raws[i] ?? Buffer.alloc(0))
      );
    await stage.dovecot.doveadm(
      'expunge',
      '-u',
      us.address,
      'mailbox',
      'INBOX',
      'header',
      'message-id',
      messageIdOf(raws[2] ?? Buffer.alloc(0))
    );
    await stage.pass();
    expect((await program().read('Trash')).map(({ raw }) => messageIdOf(raw))).toContain(
      ids(raws.slice(1, 2))[0]
    );
    expect(await incomingOf(thread)).toEqual(ids(raws));
  });

  it('c46, S6: what a person files in a folder for it is logged, with the reply that was there before and the one to come', async () => {
    await makeFolder('CRM');
    await choose({ CRM: 'log' });
    // A minute after each other, in the order of their numbers.
    const dateOf = (messageId: string): string =>
      new Date(Date.now() - 600_000 + Number(/\d/.exec(messageId)?.[0]) * 60_000).toUTCString();
    const fromHenry = (messageId: string, answers: string): string =>
      [
        `Message-ID: <${messageId}>`,
        ...(answers ? [`In-Reply-To: <${answers}>`] : []),
        `From: ${henry}`,
        `To: ${us.address}`,
        `Date: ${dateOf(messageId)}`,
        'Subject: By hand',
        '',
        `This is ${messageId}.`,
        '',
      ].join('\r\n');
    await stage.dovecot.deliver(us.address, fromHenry('hand-1@customer.example', ''));
    await stage.dovecot.deliver(us.address, fromHenry('hand-2@customer.example', 'hand-1@customer.example'));
    await stage.pass();
    expect((await stage.scene.crm.threadsOf(henryId)).total).toBe(0);

    await stage.dovecot.doveadm(
      'move',
      '-u',
      us.address,
      'CRM',
      'mailbox',
      'INBOX',
      'header',
      'message-id',
      'hand-1@customer.example'
    );
    await stage.pass();
    await stage.dovecot.deliver(us.address, fromHenry('hand-3@customer.example', 'hand-2@customer.example'));
    await stage.pass();

    const { threads } = await stage.scene.crm.threadsOf(henryId);
    expect(threads).toMatchObject([{ messageCount: 3 }]);
    const { messages } = await stage.scene.crm.readThread(threads[0]?.documentId ?? '');
    expect(messages.map(({ messageId, origin }) => [messageId, origin])).toEqual([
      ['hand-1@customer.example', 'by-hand'],
      ['hand-2@customer.example', 'reply'],
      ['hand-3@customer.example', 'reply'],
    ]);
  }, 180_000);

  it('S21, S12: what a person files in a folder for it is un-logged with its conversation, for good', async () => {
    await makeFolder('Private');
    await choose({ Private: 'unlog' });
    const thread = await send('S21 private');
    const [first, later] = await answers(thread, 2, canary);
    if (!first || !later) throw new Error('There are two answers.');
    await program().append('Archive', first);
    await stage.pass();
    expect(await incomingOf(thread)).toEqual(ids([first]));

    await program().append('Private', first);
    await stage.pass();
    expect(await stage.scene.crm.readThread(thread.documentId)).toMatchObject({
      state: 'unlogged',
      messages: [],
    });
    const bodies = async () =>
      readTranscript(await stage.dovecot.rawlog(us.address)).fetches.filter(readsBody).length;
    const before = await bodies();
    await stage.dovecot.deliver(us.address, later);
    await program().append('Archive', later);
    await stage.pass();
    expect(await bodies()).toBe(before);
    expect(await incomingOf(thread)).toEqual([]);
    expect((await stage.scene.crm.threadsOf(graceId)).threads.map(({ subject }) => subject)).not.toContain(
      'S21 private'
    );
    expect(await stage.scene.strapi.stop()).toBe(0);
    for (const trace of [messageIdOf(later), `${canary} 1`])
      expect(filesHolding(trace, filesBelow(stage.scene.dir))).toEqual([]);
  }, 180_000);
});
