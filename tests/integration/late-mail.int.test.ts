import type { InboxFolderAnswer } from '../../src/plugins/email-connect/shared/contracts/inbox';
import {
  quarantineList,
  retryQuarantineAnswer,
} from '../../src/plugins/email-connect/shared/contracts/quarantine';
import type { QuarantinedMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/quarantine';
import { messageIdOf } from '../support/mail-program';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { ask } from '../support/unlogged-scene';

jest.setTimeout(90_000);

describe('P1, P10: mail that comes late, or does not come at all', () => {
  let mail: MailScene;
  let inbox = '';

  beforeAll(async () => {
    mail = await startMailScene();
    inbox = `/inboxes/${mail.inboxDocumentId}`;
  }, 150_000);
  afterEach(() => mail.server.faults.clear());
  afterAll(async () => {
    expect(mail.server.unexpectedErrors).toEqual([]);
    await mail.end();
  });

  const folder = async (): Promise<InboxFolderAnswer> => {
    const found = (await mail.readInbox()).folders.find(({ folderPath }) => folderPath === 'INBOX');
    if (!found) throw new Error('There is no INBOX.');
    return found;
  };
  const completeUpTo = async (): Promise<number> => Date.parse((await folder()).completeUpTo ?? '');
  const quarantined = async (): Promise<QuarantinedMessageAnswer[]> =>
    (await ask(mail, quarantineList, 'GET', `${inbox}/quarantine`)).messages;
  const tryAgain = (location: QuarantinedMessageAnswer['location'] | null) =>
    ask(mail, retryQuarantineAnswer, 'POST', `${inbox}/quarantine/retry`, { location });
  const messageIds = async (threadDocumentId: string) =>
    (await mail.scene.crm.readThread(threadDocumentId)).messages
      .filter(({ direction }) => direction === 'incoming')
      .map(({ messageId }) => messageId);

  const start = async (subject: string, count: number) => {
    const { threadDocumentId } = await mail.send(subject);
    const replies = await Promise.all(
      Array.from({ length: count }, (_, i) => mail.replyTo(subject, { text: `Answer ${i}.` }))
    );
    return { threadDocumentId, replies };
  };
  const expectAll = async (threadDocumentId: string, replies: readonly Buffer[]) => {
    await mail.waitForMessages(threadDocumentId, replies.length + 1);
    await mail.pass();
    expect((await messageIds(threadDocumentId)).sort()).toEqual(replies.map(messageIdOf).sort());
  };

  test('P3: mail that appears below UIDNEXT is found, though younger mail was read before it', async () => {
    const { threadDocumentId, replies } = await start('Late', 4);
    const box = mail.server.mailbox('uma@crm.test');
    const [first = 0, second = 0] = box.reserveUids('INBOX', 2);
    const [early, late, later, young] = replies;
    if (!early || !late || !later || !young) throw new Error('There are four answers.');
    mail.deliver(early);
    await mail.waitForMessages(threadDocumentId, 2);
    await mail.pass();
    const before = await completeUpTo();
    box.appendLate('INBOX', second, later);
    await mail.pass();
    expect(await messageIds(threadDocumentId)).toContain(messageIdOf(later));
    box.appendLate('INBOX', first, late);
    mail.deliver(young);
    await expectAll(threadDocumentId, replies);
    expect(await folder()).toMatchObject({ missing: 0, failures: 0 });
    expect(await completeUpTo()).toBeGreaterThan(before);
    expect(await quarantined()).toEqual([]);
  });

  test('P10: a pass that breaks off completes nothing: the time stands still until one is whole', async () => {
    const { threadDocumentId, replies } = await start('Broken off', 3);
    await mail.pass();
    mail.server.faults.inject({ command: 'UID FETCH', effect: { do: 'drop' }, times: Infinity });
    const before = await completeUpTo();
    const deliveredAt = Date.now();
    for (const reply of replies) mail.deliver(reply);
    const state = await mail.waitForInbox('noticed', (now) => now.state === 'backing-off');
    expect(state.stateReason).not.toBe('');
    expect(await completeUpTo()).toBeLessThan(deliveredAt);
    expect(await completeUpTo()).toBeGreaterThanOrEqual(before);
    mail.server.faults.clear();
    await mail.waitForInbox('was well', (now) => now.state === 'ok');
    await expectAll(threadDocumentId, replies);
    expect(await completeUpTo()).toBeGreaterThan(deliveredAt);
  });

  const badMail: [string, (uid: number) => void][] = [
    [
      'whose row the server leaves out',
      (uid) =>
        mail.server.faults.inject({
          command: 'UID FETCH',
          uids: [uid],
          times: Infinity,
          effect: { do: 'drop-rows', uids: [uid] },
        }),
    ],
    [
      'whose body the server refuses',
      (uid) =>
        mail.server.faults.inject({
          command: 'UID FETCH',
          uids: [uid],
          times: Infinity,
          after: 1,
          effect: { do: 'answer', text: 'NO [SERVERBUG] Cannot read this message' },
        }),
    ],
  ];

  test.each(badMail)(
    'P1: mail %s is in quarantine, in nobody’s way, tried again and lifted',
    async (name, spoil) => {
      const { threadDocumentId, replies } = await start(`Bad: ${name}`, 3);
      const [good, bad, next] = replies;
      if (!good || !bad || !next) throw new Error('There are three answers.');
      mail.deliver(good);
      await mail.waitForMessages(threadDocumentId, 2);
      await mail.pass();
      const [uid = 0] = mail.server.mailbox('uma@crm.test').reserveUids('INBOX', 1);
      spoil(uid);
      const deliveredAt = Date.now();
      mail.server.mailbox('uma@crm.test').appendLate('INBOX', uid, bad);
      await mail.waitForInbox('has it in quarantine', (now) => now.quarantined === 1);
      const [held] = await quarantined();
      expect(held).toMatchObject({
        kind: 'unreadable',
        code: 'MESSAGE_UNREADABLE',
        attempts: 1,
        location: { folderPath: 'INBOX', imapUid: uid },
        detail: expect.stringMatching(/./),
      });
      expect(Date.parse(held?.nextAt ?? '')).toBeGreaterThan(Date.parse(held?.lastAt ?? ''));
      const missing = await mail.waitForInbox('counts it', ({ folders }) =>
        folders.some((one) => one.missing === 1)
      );
      expect(missing.state).toBe('ok');

      mail.deliver(next);
      await mail.waitForMessages(threadDocumentId, 3);
      await mail.pass();
      expect(await messageIds(threadDocumentId)).not.toContain(messageIdOf(bad));
      // All that was there is accounted for: this one in quarantine.
      expect(await completeUpTo()).toBeGreaterThan(deliveredAt);
      expect(await folder()).toMatchObject({ missing: 1 });

      const location = held?.location ?? null;
      expect(await tryAgain(location)).toEqual({ due: 1 });
      await mail.pass();
      expect(await quarantined()).toMatchObject([{ attempts: 2, firstAt: held?.firstAt }]);

      mail.server.faults.clear();
      expect(await tryAgain(null)).toEqual({ due: 1 });
      await expectAll(threadDocumentId, replies);
      expect(await quarantined()).toEqual([]);
      expect(await mail.readInbox()).toMatchObject({ quarantined: 0, state: 'ok' });
      expect(await folder()).toMatchObject({ missing: 0 });
    }
  );
});
