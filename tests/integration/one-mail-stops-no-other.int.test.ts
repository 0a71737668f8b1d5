import {
  quarantineList,
  retryQuarantineAnswer,
} from '../../src/plugins/email-connect/shared/contracts/quarantine';
import type { QuarantinedMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/quarantine';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { describeWith } from '../support/services';
import { ask, mailToUs } from '../support/unlogged-scene';
import { until } from '../support/until';

jest.setTimeout(300_000);
/** Three losses until it is set aside, three until a person has an answer, and half a minute's rest after each. */
const WAIT_MS = 240_000;

const withScene = (start: () => Promise<MailScene>) => {
  let mail: MailScene;
  beforeAll(async () => {
    mail = await start();
  }, 300_000);
  afterEach(() => mail.server.faults.clear());
  afterAll(async () => {
    await mail.end();
  });
  const inbox = () => `/inboxes/${mail.inboxDocumentId}`;
  const quarantined = async (): Promise<QuarantinedMessageAnswer[]> =>
    (await ask(mail, quarantineList, 'GET', `${inbox()}/quarantine`)).messages;
  return {
    mail: () => mail,
    inbox,
    quarantined,
    untilIt: <Seen>(what: string, look: () => Promise<Seen>) =>
      until(
        look,
        async () =>
          `It never came to it: ${what}. ${JSON.stringify([await mail.readInbox(), await quarantined()])}`,
        WAIT_MS,
        200
      ),
    tryAgain: (location: QuarantinedMessageAnswer['location']) =>
      ask(mail, retryQuarantineAnswer, 'POST', `${inbox()}/quarantine/retry`, { location }),
    incoming: async (threadDocumentId: string) =>
      (await mail.scene.crm.readThread(threadDocumentId)).messages.filter(
        ({ direction }) => direction === 'incoming'
      ),
  };
};

describe('P1: a message at which the server drops the connection', () => {
  const { mail, inbox, quarantined, untilIt, tryAgain, incoming } = withScene(startMailScene);
  const drop = (uid: number) =>
    mail().server.faults.inject({
      command: 'UID FETCH',
      uids: [uid],
      times: Infinity,
      effect: { do: 'drop' },
    });

  test('is set aside after some losses, those behind it are logged, mail goes out, and it is logged when it can be', async () => {
    const { threadDocumentId } = await mail().send('Poison');
    const replies = await Promise.all(
      [1, 2, 3, 4].map((i) => mail().replyTo('Poison', { text: `Answer ${i}.` }))
    );
    const uids = replies.map((raw) => {
      const uid = mail().server.mailbox('uma@crm.test').reserveUids('INBOX', 1)[0] ?? 0;
      return { raw, uid };
    });
    const poison = uids[1]?.uid ?? 0;
    drop(poison);
    for (const { raw, uid } of uids) mail().server.mailbox('uma@crm.test').appendLate('INBOX', uid, raw);
    const set = await untilIt('it is set aside', async () =>
      (await quarantined()).find(({ location }) => location.imapUid === poison)
    );
    expect(set).toMatchObject({ code: 'CONNECTION_LOST', kind: 'unreadable' });
    await untilIt('all others are logged', async () => (await incoming(threadDocumentId)).length === 3);
    await mail().waitForInbox('was well', ({ state }) => state === 'ok');
    await mail().send('Sent all the same');
    expect(mail().received('Sent all the same')).toBeDefined();
    mail().server.faults.clear();
    await tryAgain(set.location);
    await untilIt('it is logged', async () => (await incoming(threadDocumentId)).length === 4);
    await untilIt('the list is empty', async () => (await quarantined()).length === 0);
  });

  test('S39: "log it now" for it ends with a code, and stops no reply and no sending', async () => {
    const { threadDocumentId } = await mail().send('Beside');
    const reply = await mail().replyTo('Beside', { text: 'Answer.' });
    const uid = mail().deliver(
      mailToUs({ 'Message-ID': '<poison@customer.test>', From: cleo.address, Subject: 'Lunch' })
    );
    await mail().pass();
    const { uidValidity } = await mail()
      .scene.rows("select uid_validity from email_connect_folder_cursors where folder_path = 'INBOX'")
      .then(([row]) => ({ uidValidity: String(Reflect.get(Object(row), 'uid_validity')) }));
    drop(uid);
    const location = { folderPath: 'INBOX', uidValidity, imapUid: uid };
    const asked = mail().admin.call('POST', `/email-connect${inbox()}/log`, {
      location,
      threadDocumentId: null,
    });
    mail().deliver(reply);
    await mail().waitForMessages(threadDocumentId, 2);
    await mail().send('Sent beside it');
    const code = await untilIt('it is answered', async () => {
      const [row] = await mail().scene.rows(
        'select outcome_code from email_connect_requests order by id desc'
      );
      const outcome: unknown = Reflect.get(Object(row), 'outcome_code');
      return typeof outcome === 'string' ? outcome : undefined;
    });
    expect(code).toBe('CONNECTION_LOST');
    expect((await asked).ok).toBe(false);
    expect(mail().received('Sent beside it')).toBeDefined();
  });
});

describeWith('mariadb', 'P1: a mail that the database refuses', () => {
  const { mail, quarantined, untilIt, tryAgain, incoming } = withScene(() => startMailScene({}, 'mysql'));
  const TABLES = ['messages', 'threads'].map((table) => `email_connect_${table}`);

  test('is set aside with what to do, the others are logged, and it is logged when the tables hold it', async () => {
    for (const table of TABLES)
      await mail().scene.run(`alter table ${table} convert to character set utf8mb3`);
    const { threadDocumentId } = await mail().send('Charset');
    const texts = ['Plain.', 'Party \u{1F389}!', 'Plain again.'];
    for (const text of texts) mail().deliver(await mail().replyTo('Charset', { text }));
    await untilIt('the plain ones are logged', async () => (await incoming(threadDocumentId)).length === 2);
    const set = await untilIt('the other is set aside', async () =>
      (await quarantined()).find(({ code }) => code === 'DATA_REFUSED')
    );
    expect(set.detail).toContain('utf8mb4');
    await mail().waitForInbox('was well', ({ state }) => state === 'ok');
    await mail().scene.strapi.stop();
    await mail().scene.restart();
    expect(mail().scene.strapi.logs()).toContain(
      'ALTER TABLE email_connect_messages CONVERT TO CHARACTER SET utf8mb4;'
    );
    for (const table of TABLES)
      await mail().scene.run(`alter table ${table} convert to character set utf8mb4`);
    await tryAgain(set.location);
    const { messages } = await mail().waitForMessages(threadDocumentId, 4);
    const words = messages.map(({ text }) => text.split('\n')[0]);
    expect(words.filter((text) => text?.includes('Party'))).toEqual(['Party \u{1F389}!']);
    await untilIt('the list is empty', async () => (await quarantined()).length === 0);
  });
});
