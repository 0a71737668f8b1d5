import { buildLocation, buildMessage } from '../../support/build-message';
import { at } from './harness';
import type { StartedRecords } from './harness';

export const outboxTests = (ec: StartedRecords): void => {
  const { unique, connect, addContact, send, pass, count, messagesOf, conversation } = ec;

  describe('outbox', () => {
    test('S14: a queued mail is recorded, found by its ids and due; after sending only its copy is due, then nothing', async () => {
      const { connected, contact, sent } = await conversation();
      const { documentId } = connected.inbox;
      expect(sent).toMatchObject({ stage: 'submit', attempts: 0, contacts: [contact] });
      await expect(ec.records.outbox.listDue(documentId, at)).resolves.toEqual([sent]);
      await expect(ec.records.outbox.listDue(documentId, new Date(at.getTime() - 1))).resolves.toEqual([]);
      await ec.records.outbox.recordSent(sent, { serverMessageId: null, response: '250 ok' }, at);
      expect(await ec.records.outbox.listDue(documentId, at)).toMatchObject([
        { outboxId: sent.outboxId, stage: 'file' },
      ]);
      await ec.records.outbox.recordFiled(sent, 'appended');
      await expect(ec.records.outbox.listDue(documentId, at)).resolves.toEqual([]);
      expect(await messagesOf(sent.threadDocumentId)).toMatchObject([
        { deliveryStatus: 'sent', origin: 'crm', direction: 'outgoing' },
      ]);
    });

    test('P2: one of many claims wins, and one left by a dead process must be looked for in Sent first', async () => {
      const { connected, sent } = await conversation();
      const soon = new Date(Date.now() + 60_000);
      const claims = await Promise.all(
        Array.from({ length: 5 }, () => ec.records.outbox.claim(sent.outboxId, soon))
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      await expect(ec.records.outbox.listDue(connected.inbox.documentId, new Date())).resolves.toEqual([]);
      const later = new Date(soon.getTime() + 1);
      expect(await ec.records.outbox.listDue(connected.inbox.documentId, later)).toMatchObject([
        { stage: 'verify', attempts: 1 },
      ]);
    });

    test('a setback says where the mail stands; a final one is never due again', async () => {
      const { connected, sent } = await conversation();
      const { documentId } = connected.inbox;
      await ec.records.outbox.claim(sent.outboxId, new Date(Date.now() + 60_000));
      const setback = {
        code: 'CONNECTION_LOST',
        message: 'It broke.',
        stage: 'submit',
        deliveryStatus: 'queued',
        nextAttemptAt: at,
      } as const;
      await ec.records.outbox.recordSetback(sent, setback);
      expect(await ec.records.outbox.listDue(documentId, at)).toMatchObject([
        { stage: 'submit', attempts: 1 },
      ]);
      await ec.records.outbox.recordSetback(sent, {
        ...setback,
        stage: 'failed',
        deliveryStatus: 'failed',
        nextAttemptAt: null,
      });
      await expect(ec.records.outbox.listDue(documentId, new Date(2 ** 42))).resolves.toEqual([]);
      expect(await ec.records.outbox.claim(sent.outboxId, new Date())).toBe(false);
      expect(await messagesOf(sent.threadDocumentId)).toMatchObject([
        { deliveryStatus: 'failed', failureMessage: 'It broke.' },
      ]);
    });

    test('an answer continues its thread, with the ids of all its mail, oldest first', async () => {
      const { connected, sent, reply } = await conversation();
      const message = reply();
      const [change] = await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const answered = await ec.records.outbox.loadAnswered(change!.messageDocumentId);
      expect(answered).toEqual({
        messageId: message.parsed.headers.messageId,
        threadDocumentId: sent.threadDocumentId,
      });
      const thread = await ec.records.outbox.loadThread(sent.threadDocumentId);
      expect(thread?.messageIds).toEqual([sent.messageId, message.parsed.headers.messageId]);
      const colleague = await addContact(`${unique('colleague')}@customer.example`);
      const entry = await ec.records.outbox.queue({
        thread: { kind: 'existing', documentId: sent.threadDocumentId, contacts: [colleague] },
        message: {
          ...reply(),
          direction: 'outgoing',
          deliveryStatus: 'queued',
          receivedAt: '2026-03-02T00:00:00.000Z',
        },
        smtpEnvelope: sent.smtpEnvelope,
        sourceKey: 'ab/answer',
        at,
      });
      expect(entry.contacts).toContainEqual(colleague);
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(3);
      expect(await ec.records.outbox.loadThread('none')).toBeNull();
      expect(await ec.records.outbox.loadAnswered('none')).toBeNull();
    });

    test('a mail that cannot be queued leaves nothing behind', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('x')}@customer.example`);
      const before = await count('plugin::email-connect.email-thread', {});
      const refused = send(connected, contact, {
        parsed: { ...buildMessage({ threadDocumentId: '', inboxDocumentId: '' }).parsed },
      });
      await expect(refused).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      expect(await count('plugin::email-connect.email-thread', {})).toBe(before);
    });
  });
};
