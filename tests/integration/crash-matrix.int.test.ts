import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WholeThread } from '../../dev/demo/crm';
import { startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import type { DatabaseKind } from '../support/test-database';
import { describeWith } from '../support/services';
import type { Service } from '../support/services';

const REPLIES = 6;
const WITH_FILE = 3;
const databases: [DatabaseKind, Service[]][] = [
  ['sqlite', []],
  ['postgres', ['postgres']],
  ['mysql', ['mariadb']],
];

/** What a process dies of by itself, at a point of recording that cannot be seen from outside. */
const inside = ['in-transaction', 'before-commit', 'after-commit'] as const;

describe.each(databases)('P2, c22: the crash matrix on %s', (database, needs) => {
  describeWith(needs, 'killed at every point, the same final state', () => {
    let mail: MailScene;

    beforeAll(async () => {
      mail = await startMailScene({}, database);
    }, 120_000);
    afterAll(() => mail.end());

    /** A mail from the contact, and replies to it, one in three with a file; Strapi does not run meanwhile. */
    const startRound = async (subject: string) => {
      const { threadDocumentId } = await mail.send(subject);
      const replies = await Promise.all(
        Array.from({ length: REPLIES }, (_, i) =>
          mail.replyTo(subject, {
            text: `Answer ${i}.`,
            attachments:
              i % WITH_FILE === 0 ? [{ filename: `${i}.txt`, content: `File ${i} of ${subject}.` }] : [],
          })
        )
      );
      await mail.scene.strapi.stop();
      for (const reply of replies) mail.deliver(reply);
      return threadDocumentId;
    };

    /** Starts Strapi with what makes it die, waits until it is dead, and starts it again without. */
    const dieOf = async (point: (typeof inside)[number]): Promise<void> => {
      const preload = path.resolve(__dirname, '..', 'support', 'crash-at.cjs');
      await mail.scene
        .restart({ NODE_OPTIONS: `--require ${preload}`, CRASH_AT: point })
        .catch(() => undefined);
      await mail.scene.strapi.ended();
      await mail.scene.endLeases();
      await mail.scene.restart();
    };

    /** Starts Strapi against a server that goes silent at the `nth` FETCH of this message, and kills it there. */
    const killAtFetch = async (uid: number, nth: number): Promise<void> => {
      const heard = () =>
        mail.server.transcript.filter(
          ({ direction, line }) => direction === 'in' && new RegExp(`UID FETCH .*\\b${uid}\\b`).test(line)
        ).length;
      const before = heard();
      mail.server.faults.inject({
        command: 'UID FETCH',
        uids: [uid],
        after: nth - 1,
        effect: { do: 'ignore' },
      });
      await mail.scene.restart();
      while (heard() < before + nth) await sleep(20);
      await mail.scene.strapi.kill9();
      mail.server.faults.clear();
      await mail.scene.endLeases();
      await mail.scene.restart();
    };

    const expectAllOnce = async (threadDocumentId: string): Promise<void> => {
      await mail.waitForMessages(threadDocumentId, 1 + REPLIES);
      await mail.pass();
      const thread: WholeThread = await mail.scene.crm.readThread(threadDocumentId);
      const incoming = thread.messages.filter(({ direction }) => direction === 'incoming');
      expect(incoming.map(({ text }) => text.split('\n')[0]).sort()).toEqual(
        Array.from({ length: REPLIES }, (_, i) => `Answer ${i}.`)
      );
      const files = incoming.flatMap(({ attachments }) => attachments);
      expect(files).toHaveLength(REPLIES / WITH_FILE);
      expect(thread).toMatchObject({ messageCount: 1 + REPLIES, attachmentCount: files.length });
      for (const { documentId, fileName } of files) {
        const answer = await mail.admin.call('GET', `/email-connect/attachments/${documentId}/file`);
        expect(await answer.text()).toBe(`File ${Number.parseInt(fileName)} of ${thread.subject}.`);
      }
      expect(
        mail.server
          .mailbox(us.address)
          .messages('INBOX')
          .every(({ flags }) => flags.length === 0)
      ).toBe(true);
    };

    test.each(inside)(
      '%s',
      async (point) => {
        const thread = await startRound(`Matrix ${point}`);
        await dieOf(point);
        await expectAllOnce(thread);
      },
      90_000
    );

    it('while headers come', async () => {
      const thread = await startRound('Matrix scan');
      await killAtFetch(lastUid(), 1);
      await expectAllOnce(thread);
    }, 90_000);

    it('while a body comes', async () => {
      const thread = await startRound('Matrix download');
      await killAtFetch(lastUid(), 2);
      await expectAllOnce(thread);
    }, 90_000);

    it('c20: not killed, but cut off in the middle of an answer, twice', async () => {
      const thread = await startRound('Matrix cut');
      for (const afterBytes of [200, 900]) {
        mail.server.faults.inject({ command: 'UID FETCH', effect: { do: 'drop-mid-answer', afterBytes } });
      }
      await mail.scene.restart();
      await expectAllOnce(thread);
    }, 90_000);

    /** Of the newest reply: nobody asks for it but the scan, and then the download. */
    const lastUid = (): number => mail.server.mailbox(us.address).messages('INBOX').at(-1)?.uid ?? 0;
  });
});
