import type { OutboxEntry } from '../../../src/plugins/email-connect/server/src/ports';
import { buildAttachment, buildLocation, buildMessage, messageId } from '../../support/build-message';
import { at, cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';

export const recordPassTests = (ec: StartedRecords): void => {
  const { unique, connect, addContact, send, pass, count, messagesOf, conversation } = ec;

  describe('recordPass', () => {
    test('P2, S26: the same outcome recorded twice gives one message, nothing doubled', async () => {
      const { connected, sent, contact, reply } = await conversation();
      const logged = [{ message: reply({ attachments: [buildAttachment()] }), location: buildLocation(5) }];
      const { changes } = await ec.records.messages.recordPass(pass(connected, { logged }));
      expect(changes).toEqual([
        {
          threadDocumentId: sent.threadDocumentId,
          messageDocumentId: expect.any(String),
          direction: 'incoming',
          bounces: false,
          receivedAt: '2026-03-01T10:00:05.000Z',
          contacts: [contact],
        },
      ]);
      const again = pass(connected, { logged, cursorBefore: cursor(10), cursorAfter: cursor(10) });
      await expect(ec.records.messages.recordPass(again)).resolves.toMatchObject({ changes: [] });
      const thread = await ec.records.threads.summary(sent.threadDocumentId);
      expect(thread).toMatchObject({
        messageCount: 2,
        attachmentCount: 1,
        lastDirection: 'incoming',
        lastFrom: 'Grace',
        preview: 'Yes, please.',
      });
      const messages = await ec.messagesOf(sent.threadDocumentId);
      expect(messages.map(({ attachments }) => attachments.length)).toEqual([0, 1]);
      expect(await count('email-connect::location', { inboxDocumentId: connected.inbox.documentId })).toBe(1);
    });

    test('S26: a message seen in two folders and two mailboxes is one record with a location for each', async () => {
      const { connected, sent, reply } = await conversation();
      const other = await connect();
      const message = reply();
      await ec.records.messages.recordPass(
        pass(connected, { logged: [5, 6].map((uid) => ({ message, location: buildLocation(uid) })) })
      );
      const bcc = [{ address: 'quiet@customer.example', displayName: '' }];
      const copy = { ...message, inboxDocumentId: other.inbox.documentId, bcc };
      await expect(
        ec.records.messages.recordPass(
          pass(other, { logged: [{ message: copy, location: buildLocation(5) }] })
        )
      ).resolves.toMatchObject({ changes: [] });
      const [, recorded] = await messagesOf(sent.threadDocumentId);
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(2);
      expect(await count('email-connect::location', { messageDocumentId: recorded?.documentId })).toBe(3);
      expect(recorded?.bcc).toEqual(bcc);
    });

    test('c32: different mails under one Message-ID are both kept', async () => {
      const { connected, sent, reply } = await conversation();
      const id = messageId(`${unique('reused')}@customer.example`);
      const messages = ['Monday', 'Tuesday', 'Monday'].map((subject) =>
        reply({ headers: { messageId: id, subject } })
      );
      const logged = messages.map((message, i) => ({ message, location: buildLocation(i + 1) }));
      await ec.records.messages.recordPass(pass(connected, { logged }));
      expect((await messagesOf(sent.threadDocumentId)).map(({ subject }) => subject).sort()).toEqual([
        'Monday',
        'Offer',
        'Tuesday',
      ]);
    });

    test('P2: a stale fence writes nothing', async () => {
      const { connected, sent, reply } = await conversation();
      const { inbox, fence } = connected;
      await ec.records.leases.release(fence);
      const thief = await ec.records.leases.acquire(inbox.documentId, 'another process', 60_000);
      expect(thief?.token).toBeGreaterThan(fence.token);
      const outcome = pass(connected, { logged: [{ message: reply(), location: buildLocation(5) }] });
      await expect(ec.records.messages.recordPass(outcome)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(1);
      expect((await ec.records.folders.list(inbox.documentId))[0]?.cursor).toBeNull();
    });

    test('P2: a lease that ran out writes nothing, even while nobody took it', async () => {
      const { connected, reply } = await conversation();
      expect(await ec.records.leases.renew(connected.fence, 0)).toBe(true);
      const outcome = pass(connected, { logged: [{ message: reply(), location: buildLocation(5) }] });
      await expect(ec.records.messages.recordPass(outcome)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await ec.records.leases.renew(connected.fence, 60_000)).toBe(false);
    });

    test('P1: a pass that does not begin where the cursor is writes nothing', async () => {
      const { connected, sent, reply } = await conversation();
      await ec.records.messages.recordPass(pass(connected, { cursorAfter: cursor(4_294_967_295) }));
      for (const cursorBefore of [null, cursor(9), cursor(4_294_967_295, '8')]) {
        const stale = pass(connected, {
          cursorBefore,
          logged: [{ message: reply(), location: buildLocation(5) }],
        });
        await expect(ec.records.messages.recordPass(stale)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      }
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(1);
      const [folder] = await ec.records.folders.list(connected.inbox.documentId);
      expect(folder).toMatchObject({ cursor: cursor(4_294_967_295), lastPassAt: at.toISOString() });
    });

    test('P2: passes of two mailboxes that record the same messages at once make one record of each', async () => {
      const { connected, sent, reply } = await conversation();
      const others = [await connect(), await connect()];
      const messages = [reply(), reply(), reply()];
      const outcomes = [connected, ...others].map((each, i) => {
        const ordered = i === 1 ? [...messages].reverse() : messages;
        return pass(each, {
          logged: ordered.map((message, uid) => ({
            message: { ...message, inboxDocumentId: each.inbox.documentId },
            location: buildLocation(uid + 1),
          })),
        });
      });
      const changes = await Promise.all(outcomes.map((outcome) => ec.records.messages.recordPass(outcome)));
      expect(changes.flatMap((passed) => passed.changes)).toHaveLength(3);
      const thread = await ec.records.threads.summary(sent.threadDocumentId);
      const recorded = await ec.messagesOf(sent.threadDocumentId);
      expect(recorded).toHaveLength(4);
      expect(thread?.messageCount).toBe(4);
      for (const message of recorded.slice(1)) {
        expect(await count('email-connect::location', { messageDocumentId: message.documentId })).toBe(3);
      }
    });

    test('S21: nothing is recorded on an un-logged thread, on one that is gone, or of a removed message', async () => {
      const { connected, sent, reply } = await conversation();
      const removed = reply();
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message: removed, location: buildLocation(1) }] })
      );
      const [, recorded] = await messagesOf(sent.threadDocumentId);
      const where = { documentId: recorded?.documentId };
      const { dedupKey } = await ec.strapi.db.query('plugin::email-connect.email-message').findOne({ where });
      await ec.strapi.db.query('plugin::email-connect.email-message').deleteMany({ where });
      await ec.strapi.db
        .query('email-connect::tombstone')
        .create({ data: { dedupKey, removedAt: at.getTime() } });
      const gone = reply({ threadDocumentId: 'gone' });
      const logged = [removed, gone].map((message, i) => ({ message, location: buildLocation(i + 11) }));
      const second = pass(connected, { cursorBefore: cursor(10), cursorAfter: cursor(20), logged });
      await expect(ec.records.messages.recordPass(second)).resolves.toMatchObject({ changes: [] });
      await ec.strapi.db
        .query('plugin::email-connect.email-thread')
        .updateMany({ where: { documentId: sent.threadDocumentId }, data: { state: 'unlogged' } });
      const third = pass(connected, {
        cursorBefore: cursor(20),
        cursorAfter: cursor(30),
        logged: [{ message: reply(), location: buildLocation(21) }],
      });
      await expect(ec.records.messages.recordPass(third)).resolves.toMatchObject({ changes: [] });
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(1);
    });

    test('S23: every character that mail can hold is stored or replaced, on every database', async () => {
      const { connected, sent, reply } = await conversation();
      const text = 'nul\0 lone \ud83d emoji 😀 日本語 \u202e';
      const message = reply({
        text,
        headers: { subject: `S\0 ${text}`, to: [{ address: 'ada@team.example', displayName: text }] },
        attachments: [buildAttachment({ fileName: text })],
        evidence: { rung: 'references', confidence: 0.97, header: 'References', value: text },
      });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const [, recorded] = await messagesOf(sent.threadDocumentId);
      const kept = 'nul lone \ufffd emoji 😀 日本語 \u202e';
      expect(recorded).toMatchObject({ text: kept, to: [{ displayName: kept }], evidence: { value: kept } });
      expect(recorded?.subject).toBe(`S ${kept}`);
      expect(recorded?.attachments[0]?.fileName).toBe(kept);
    });

    test('200 messages of 20 KB on 20 threads are written in a number of statements that does not grow with them', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('many')}@customer.example`);
      const threads: OutboxEntry[] = [];
      for (let i = 0; i < 20; i += 1) threads.push(await send(connected, contact));
      const logged = Array.from({ length: 200 }, (_, i) => ({
        message: buildMessage({
          threadDocumentId: threads[i % 20]!.threadDocumentId,
          inboxDocumentId: connected.inbox.documentId,
          headers: { messageId: messageId(`${unique('bulk')}@customer.example`) },
          text: 'x'.repeat(20_000),
          attachments: i % 5 === 0 ? [buildAttachment()] : [],
        }),
        location: buildLocation(i + 1),
      }));
      const outcome = pass(connected, { logged, cursorAfter: cursor(200) });
      const statements = await ec.statementsOf(async () => {
        expect((await ec.records.messages.recordPass(outcome)).changes).toHaveLength(200);
      });
      expect(statements).toBeLessThan(20 * 2 + 40);
      expect(await ec.records.threads.summary(threads[0]!.threadDocumentId)).toMatchObject({
        messageCount: 11,
      });
    });

    test('S31: a failing write tells nothing of the mail', async () => {
      const { connected, reply } = await conversation();
      const message = { ...reply({ text: 'canary-body' }), receivedAt: 'no time at all' };
      const outcome = pass(connected, { logged: [{ message, location: buildLocation(5) }] });
      const failure: unknown = await ec.records.messages.recordPass(outcome).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'UNEXPECTED' });
      expect(
        failure instanceof Error && `${failure.message} ${failure.stack} ${JSON.stringify(failure)}`
      ).not.toContain('canary');
    });
  });
};

recordsAlone(__filename, recordPassTests);
