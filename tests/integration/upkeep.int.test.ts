import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { contact } from '../../src/plugins/email-connect/shared/contracts/contact';
import { messageChangeAnswer, thread } from '../../src/plugins/email-connect/shared/contracts/thread';
import type { Thread } from '../../src/plugins/email-connect/shared/contracts/thread';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { rowsOf } from '../support/scene-database';
import { filesBelow, filesHolding } from '../support/search-files';
import { ask } from '../support/unlogged-scene';

jest.setTimeout(90_000);

let mail: MailScene;

beforeAll(async () => {
  mail = await startMailScene();
}, 150_000);

afterAll(async () => {
  expect(mail.server.unexpectedErrors).toEqual([]);
  await mail.end();
});

const secret = () => `canary${randomBytes(9).toString('hex')}`;
const act = (documentId: string, action: string, body?: unknown): Promise<Thread> =>
  ask(mail, thread, 'POST', `/threads/${documentId}/${action}`, body);
const answer = async (subject: string, text: string, file?: string): Promise<void> => {
  const attachments = file === undefined ? [] : [{ filename: 'plan.txt', content: file }];
  mail.deliver(await mail.replyTo(subject, { text, attachments }));
};
const read = (documentId: string) => mail.scene.crm.readThread(documentId);
const auditOf = (subject: string) =>
  rowsOf(
    mail.scene,
    z.object({ action: z.string(), subject: z.string(), outcome: z.string() }),
    'select action, subject, outcome from email_connect_audit order by id'
  )
    .filter((entry) => entry.subject === subject)
    .map(({ action, outcome }) => `${action} ${outcome}`);

describe('S21: un-logging a conversation', () => {
  const subject = 'Un-logged';
  const body = secret();
  const file = secret();
  const later = secret();
  let documentId = '';

  test('deletes its mail here, and nothing in the mailbox; its files are left to the sweep', async () => {
    documentId = (await mail.send(subject)).threadDocumentId;
    await answer(subject, body, file);
    await mail.waitForMessages(documentId, 2);
    expect(filesHolding(file, filesBelow(mail.scene.attachmentsDirectory))).toHaveLength(1);
    const before = mail.server.mailbox('uma@crm.test').messages('INBOX').length;

    expect(await act(documentId, 'unlog')).toMatchObject({ state: 'unlogged', subject: '', messageCount: 0 });
    expect((await read(documentId)).messages).toEqual([]);
    expect(await mail.scene.rows('select id from email_connect_attachments')).toEqual([]);
    expect(mail.server.mailbox('uma@crm.test').messages('INBOX')).toHaveLength(before);
    expect(auditOf(documentId)).toEqual(['thread.unlogged ok']);
  });

  test('a later reply is neither read nor kept, and nothing brings the earlier ones back', async () => {
    await answer(subject, later);
    await mail.pass();
    expect((await read(documentId)).messages).toEqual([]);
    expect(filesHolding(later, filesBelow(mail.scene.dir))).toEqual([]);
    expect(
      await mail.admin.refused('POST', `/email-connect/threads/${documentId}/state`, { state: 'open' })
    ).toMatchObject({ status: 409, code: 'THREAD_UNLOGGED' });
  });

  test('is undone for what comes from then on', async () => {
    expect(await act(documentId, 'relog')).toMatchObject({ state: 'open', messageCount: 0 });
    await answer(subject, 'Here again');
    const { messages } = await mail.waitForMessages(documentId, 1);
    expect(messages.map(({ text }) => text).join()).toContain('Here again');
    expect(auditOf(documentId)).toContain('thread.relogged ok');
  });
});

describe('muting', () => {
  test('keeps what is there, leaves what comes, until it is opened', async () => {
    const subject = 'Muted';
    const { threadDocumentId } = await mail.send(subject);
    expect(await act(threadDocumentId, 'state', { state: 'muted' })).toMatchObject({ state: 'muted' });
    await answer(subject, 'Nobody listens');
    await mail.pass();
    expect((await read(threadDocumentId)).messages).toHaveLength(1);
    await act(threadDocumentId, 'state', { state: 'open' });
    await answer(subject, 'Now they do');
    const { messages } = await mail.waitForMessages(threadDocumentId, 2);
    expect(messages[1]?.text).toContain('Now they do');
  });

  test('a state that is none is refused', async () => {
    const { threadDocumentId } = await mail.send('States');
    for (const state of ['unlogged', 'closed', undefined])
      expect(
        await mail.admin.refused('POST', `/email-connect/threads/${threadDocumentId}/state`, { state })
      ).toMatchObject({ status: 400, code: 'INPUT_INVALID' });
  });
});

describe('S21: removing one message', () => {
  test('for good: it is not brought back, the others stay', async () => {
    const subject = 'One of them';
    const { threadDocumentId } = await mail.send(subject);
    await answer(subject, 'The first');
    await mail.waitForMessages(threadDocumentId, 2);
    await answer(subject, 'The second');
    const { messages } = await mail.waitForMessages(threadDocumentId, 3);
    const removed = messages[1]?.documentId ?? '';
    expect(await ask(mail, messageChangeAnswer, 'DELETE', `/messages/${removed}`)).toEqual({
      threadDocumentId,
    });
    await mail.pass();
    const left = await read(threadDocumentId);
    expect(left.messages.map(({ documentId }) => documentId)).toEqual([
      messages[0]?.documentId,
      messages[2]?.documentId,
    ]);
    expect(left.messageCount).toBe(2);
    expect(await mail.admin.refused('DELETE', `/email-connect/messages/${removed}`)).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
  });
});

describe('pausing a contact', () => {
  test('is shown on it, holds for every conversation with it, and ends', async () => {
    const path = `/records/plugin::email-connect.contact/${mail.contactDocumentId}`;
    const isPaused = async () => (await ask(mail, contact, 'GET', `${path}/contact`)).isPaused;
    const subject = 'Paused';
    const { threadDocumentId } = await mail.send(subject);
    expect(await isPaused()).toBe(false);
    expect(await ask(mail, contact, 'PUT', `${path}/pause`, { paused: true })).toMatchObject({
      isPaused: true,
      name: 'Cleo',
    });
    await answer(subject, 'Unheard');
    await mail.pass();
    expect((await read(threadDocumentId)).messages).toHaveLength(1);
    await ask(mail, contact, 'PUT', `${path}/pause`, { paused: false });
    expect(await isPaused()).toBe(false);
    await answer(subject, 'Heard');
    await mail.waitForMessages(threadDocumentId, 2);
    expect(auditOf(mail.contactDocumentId)).toEqual(['contact.paused ok', 'contact.resumed ok']);
  });
});
