import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { news } from '../../src/plugins/email-connect/shared/contracts/news';
import { startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { messageIdOf } from '../support/mail-program';
import { openDatabase } from '../support/scene-database';
import { filesBelow, filesHolding } from '../support/search-files';
import { ask, mailToUs } from '../support/unlogged-scene';

jest.setTimeout(90_000);

const HOUR_MS = 3_600_000;
const STRANGERS = 20;

/** As if the inbox had last been read two hours ago, and connected long before: nobody waits for that. */
const turnBack = ({ scene }: MailScene): void => {
  const past = Date.now() - 2 * HOUR_MS;
  openDatabase(scene, (database) => {
    const [row] = database.prepare('select typeof(last_pass_at) as kind from email_connect_inboxes').all();
    expect(row).toEqual({ kind: 'integer' });
    database
      .prepare('update email_connect_inboxes set last_pass_at = ?, connected_at = ?')
      .run(past, past - 24 * HOUR_MS);
    database
      .prepare('update email_connect_folder_cursors set last_pass_at = ?, complete_up_to = ?')
      .run(past, past);
  });
};

describe('S7: a time in which nobody read the inbox', () => {
  let mail: MailScene;

  beforeAll(async () => {
    mail = await startMailScene();
  }, 150_000);
  afterAll(async () => {
    expect(mail.server.unexpectedErrors).toEqual([]);
    await mail.end();
  });

  /** Three replies, ten minutes after each other, and twenty mails that are nobody's business. Message-IDs and dates of the replies. */
  const deliverInGap = async (subject: string, canary: string): Promise<Map<string, string>> => {
    const replies = new Map<string, string>();
    const box = mail.server.mailbox('uma@crm.test');
    for (let i = 0; i < STRANGERS; i++) {
      box.append(
        'INBOX',
        mailToUs(
          { 'Message-ID': `<${canary}-${i}@stranger.test>`, From: `${canary}@s.test`, Subject: canary },
          canary
        ),
        [],
        new Date(Date.now() - HOUR_MS)
      );
      if (i % 7 !== 0) continue;
      const date = new Date(Math.floor((Date.now() - HOUR_MS + i * 60_000) / 1000) * 1000);
      const raw = await mail.replyTo(subject, { text: `Answer ${i}.`, date });
      box.append('INBOX', raw, [], date);
      replies.set(messageIdOf(raw), date.toISOString());
    }
    return replies;
  };

  const readNews = (after: string) => ask(mail, news, 'GET', `/news?after=${after}`);

  const expectRecovered = async (
    threadDocumentId: string,
    replies: Map<string, string>,
    canary: string,
    cursor: string
  ): Promise<void> => {
    const { messages } = await mail.waitForMessages(threadDocumentId, 4);
    const state = await mail.waitForInbox(
      'was read again',
      ({ lastGap, state: now }) => lastGap !== null && now === 'ok'
    );
    expect(state.lastGap?.recovered).toBe(3);
    const { from, to } = state.lastGap ?? { from: '', to: '' };
    expect(Date.parse(to) - Date.parse(from)).toBeGreaterThan(1.9 * HOUR_MS);
    expect(state).toMatchObject({ quarantined: 0, suggestions: 0 });
    await mail.pass();

    const incoming = messages.filter(({ direction }) => direction === 'incoming');
    expect(new Map(incoming.map(({ messageId, sentAt }) => [messageId, sentAt]))).toEqual(replies);
    for (const message of incoming) expect(message.receivedAt).toBe(replies.get(message.messageId ?? ''));
    expect((await mail.scene.crm.readThread(threadDocumentId)).messages).toHaveLength(4);
    expect(filesHolding(canary, filesBelow(mail.scene.dir))).toEqual([]);

    const { items } = await readNews(cursor);
    expect(items.filter(({ kind }) => kind === 'inbox.recovered')).toEqual([
      {
        kind: 'inbox.recovered',
        inboxDocumentId: mail.inboxDocumentId,
        threadDocumentId: null,
        messageDocumentId: null,
        contacts: [],
      },
    ]);
    expect(items.filter(({ kind }) => kind === 'message.received')).toHaveLength(3);
  };

  test('Strapi was down: 3 replies are logged once with their dates, counted and told, and nothing else', async () => {
    const canary = `canary${randomBytes(9).toString('hex')}`;
    const { threadDocumentId } = await mail.send('Down');
    await mail.pass();
    expect((await mail.readInbox()).lastGap).toBeNull();
    await mail.scene.strapi.stop();
    turnBack(mail);
    const replies = await deliverInGap('Down', canary);
    // It starts without a way to the mail, so that its news can be listened to from before it reads.
    await mail.imapGate.shut();
    await mail.scene.restart();
    const { cursor } = await readNews('');
    await mail.imapGate.open();
    await expectRecovered(threadDocumentId, replies, canary, cursor);
  });

  test('the mail server was away: the same', async () => {
    const canary = `canary${randomBytes(9).toString('hex')}`;
    const { threadDocumentId } = await mail.send('Away');
    await mail.pass();
    const before = (await mail.readInbox()).lastGap;
    const { cursor } = await readNews('');
    await mail.imapGate.shut();
    await mail.waitForInbox('noticed', ({ state }) => state === 'backing-off');
    turnBack(mail);
    const replies = await deliverInGap('Away', canary);
    await mail.imapGate.open();
    await mail.waitForInbox('had another gap', ({ lastGap }) => lastGap?.to !== before?.to);
    await expectRecovered(threadDocumentId, replies, canary, cursor);
  });

  test('it was disconnected: a reply is logged also from a folder that was made meanwhile', async () => {
    const { threadDocumentId } = await mail.send('Disconnected');
    const replies = await Promise.all(
      ['Here.', 'There.'].map((text) => mail.replyTo('Disconnected', { text }))
    );
    await mail.pass();
    const inbox = `/email-connect/inboxes/${mail.inboxDocumentId}`;
    await mail.admin.call('POST', `${inbox}/actions/disconnect`);
    // Mail servers' dates have whole seconds: each step is to have one of its own.
    await sleep(2_000);
    mail.server.mailbox(us.address).createFolder('Customers');
    mail.deliver(replies[0] ?? '');
    mail.deliver(replies[1] ?? '', 'Customers');
    await sleep(2_000);
    expect((await mail.admin.call('PUT', inbox, mail.form)).status).toBe(200);
    const { messages } = await mail.waitForMessages(threadDocumentId, 3);
    expect(messages.map(({ text }) => text.trim().split('\n')[0])).toEqual(
      expect.arrayContaining(['Here.', 'There.'])
    );
  });
});
