import { z } from 'zod';
import { replyTo } from '../../dev/mail-server';
import type { WholeThread } from '../../dev/demo/crm';
import { startDovecotScene, us } from '../support/dovecot-scene';
import type { DovecotScene } from '../support/dovecot-scene';
import { messageIdOf } from '../support/mail-program';
import { rowsOf } from '../support/scene-database';
import { describeWith } from '../support/services';
import { until } from '../support/until';

const grace = 'grace@customer.example';
/** More than three steps of a pass. */
const REPLIES = 600;
const WITH_FILE = 5;
const OLDEST = Date.parse('2026-03-01T08:00:00Z');

interface Round {
  thread: WholeThread;
  /** Message-IDs of the replies, and when each says it was written. */
  replies: Map<string, string>;
}

describeWith('dovecot', 'kill -9 while replies are recorded, on a real Dovecot', () => {
  let stage: DovecotScene;
  let contactDocumentId: string;

  beforeAll(async () => {
    stage = await startDovecotScene([grace]);
    contactDocumentId = await stage.scene.crm.createContact({ name: 'Grace', email: grace, company: '' });
  }, 150_000);
  afterAll(() => stage.end());

  const startRound = async (subject: string): Promise<Round> => {
    const { threadDocumentId } = await stage.scene.crm.send({
      contactDocumentId,
      answersDocumentId: null,
      to: [grace],
      cc: [],
      bcc: [],
      subject,
      text: 'What do you say?',
      html: '',
    });
    return { thread: await stage.scene.crm.readThread(threadDocumentId), replies: new Map() };
  };

  /** The customer writes `count` replies, a minute after each other; one in five brings a file. */
  const deliverReplies = async ({ thread, replies }: Round, count: number): Promise<void> => {
    const [first] = thread.messages;
    const { raw } = await stage.programOf(grace).waitFor('INBOX', first?.messageId ?? '');
    const from = replies.size;
    for (let i = from; i < from + count; i++) {
      const date = new Date(OLDEST + i * 60_000);
      const attachments = i % WITH_FILE === 0 ? [{ filename: `${i}.txt`, content: fileContent(i) }] : [];
      const reply = await replyTo(raw, { from: grace, text: `Answer number ${i}.`, date, attachments });
      replies.set(messageIdOf(reply), date.toISOString());
      await stage.dovecot.deliver(us.address, reply);
    }
  };

  const recorded = (threadDocumentId: string) =>
    rowsOf(
      stage.scene,
      messageRow,
      `select message.message_id as messageId, thread.message_count as messageCount,
         thread.attachment_count as attachmentCount,
         (select count(*) from email_connect_attachments file where file.message_id = message.id) as files
       from email_connect_messages message
         join email_connect_threads thread on thread.id = message.thread_id
       where thread.document_id = '${threadDocumentId}'`
    );

  const incomingCount = ({ thread }: Round): number => recorded(thread.documentId).length - 1;

  const restart = async (): Promise<void> => {
    await stage.scene.endLeases();
    await stage.scene.restart();
  };

  const expectAllOnce = async ({ thread, replies }: Round): Promise<void> => {
    const total = 1 + replies.size;
    const read = await stage.scene.crm.waitForMessages(thread.documentId, total, 120_000, () => '');
    await stage.pass();

    const rows = recorded(thread.documentId);
    const ids = [...replies.keys()];
    expect(rows.map(({ messageId }) => messageId).sort()).toEqual(
      [thread.messages[0]?.messageId ?? '', ...ids].sort()
    );
    const files = Math.ceil(replies.size / WITH_FILE);
    expect(rows.reduce((sum, row) => sum + row.files, 0)).toBe(files);
    expect(rows[0]).toMatchObject({ messageCount: total, attachmentCount: files });

    const incoming = read.messages.filter(({ direction }) => direction === 'incoming');
    expect(new Map(incoming.map(({ messageId, sentAt }) => [messageId, sentAt]))).toEqual(replies);
    expect(read).toMatchObject({ messageCount: total, attachmentCount: files });
    await expectFilesWhole(read);
  };

  const expectFilesWhole = async ({ messages }: WholeThread): Promise<void> => {
    const attachments = messages.flatMap((message) => message.attachments);
    for (const { documentId, fileName } of attachments) {
      const answer = await stage.scene.strapi.admin.fetch(
        'GET',
        `/email-connect/attachments/${documentId}/file`
      );
      expect(await answer.text()).toBe(fileContent(Number.parseInt(fileName)));
    }
  };

  it('P2: killed three times over 600 replies, all are there exactly once, with their files', async () => {
    const round = await startRound('P2 three times');
    await deliverReplies(round, REPLIES / 4);
    await stage.scene.strapi.kill9();
    await deliverReplies(round, (REPLIES * 3) / 4);
    for (let kill = 2; kill <= 3; kill++) {
      const before = incomingCount(round);
      await restart();
      await until(async () => incomingCount(round) > before, 'Nothing was recorded.');
      await stage.scene.strapi.kill9();
      expect(incomingCount(round)).toBeLessThan(REPLIES);
    }
    await restart();
    await expectAllOnce(round);
  }, 300_000);

  it('P2, S7: killed before anything was recorded, and more comes while it is down: logged once, with their dates', async () => {
    const round = await startRound('P2 before');
    // It hears of the mail and gets no chance to do anything about it.
    process.kill(stage.scene.strapi.pid, 'SIGSTOP');
    await deliverReplies(round, 10);
    await stage.scene.strapi.kill9();
    expect(incomingCount(round)).toBe(0);
    await deliverReplies(round, 10);
    await restart();
    await expectAllOnce(round);
  }, 300_000);
});

const messageRow = z.object({
  messageId: z.string(),
  messageCount: z.number(),
  attachmentCount: z.number(),
  files: z.number(),
});

/** Long enough that two files never share their bytes by chance, and differs by reply. */
const fileContent = (i: number): string => `The file of reply ${i}.\n`.repeat(200);
