import type { RecordReader } from '../../../src/plugins/email-connect/server/src/domain/access/sight';
import { buildLocation, buildMessage, messageId } from '../../support/build-message';
import { cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';

const CONVERSATIONS = 12;
/** More answers in one conversation than are looked at first for a page of one. */
const LONG = 12;
/** So many at once that all messages are looked at. */
const ALL = { start: 0, limit: 250 };

const reader: RecordReader = {
  userDocumentId: '',
  inboxDocumentIds: [],
  readsAll: false,
  overrides: false,
  atLeast: 'facts',
};

export const contactPagesTests = (ec: StartedRecords): void => {
  /** Conversations of 1 to 5 mails, of which many are of the same minute, with both addresses of a contact. */
  const manyConversations = async () => {
    const connected = await ec.connect();
    const addresses = ['work', 'home'].map((word) => `${ec.unique(word)}@customer.example`);
    const contact = await ec.addContact(addresses[0] ?? '', addresses.slice(1));
    const threads: string[] = [];
    await ec.records.messages.recordPass(ec.pass(connected, {}));
    let uid = 10;
    for (let number = 0; number < CONVERSATIONS; number += 1) {
      const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 9, minute)).toISOString();
      const sent = await ec.send(connected, contact, { receivedAt: at(number) });
      threads.push(sent.threadDocumentId);
      const logged = Array.from({ length: number % 5 }, (_, answer) => {
        uid += 1;
        const message = buildMessage({
          threadDocumentId: sent.threadDocumentId,
          inboxDocumentId: connected.inbox.documentId,
          receivedAt: at(number + 7 * (answer % 3)),
          headers: {
            messageId: messageId(`${ec.unique('answer')}@customer.example`),
            inReplyTo: [sent.messageId],
            from: [{ address: addresses[answer % 2] ?? '', displayName: '' }],
          },
        });
        return { message, location: buildLocation(uid) };
      });
      await ec.records.messages.recordPass(ec.pass(connected, { logged, cursorBefore: cursor(10) }));
    }
    return { connected, contact, threads };
  };

  describe('the page of a contact', () => {
    test('S42, S47: each page is a part of the whole list, whatever the levels', async () => {
      const { connected, contact, threads } = await manyConversations();
      const { documentId } = connected.inbox;
      const expectPages = async (count: number) => {
        const list = (page: { start: number; limit: number }) =>
          ec.records.threads.listOfContact(contact, page, reader);
        const whole = await list(ALL);
        expect([whole.threads.length, whole.total]).toEqual([count, count]);
        const times = whole.threads.map(({ lastMessageAt }) => lastMessageAt);
        expect(times).toEqual([...times].sort().reverse());
        expect(await list({ start: 0, limit: 0 })).toEqual({ threads: [], total: count });
        for (const limit of [1, 2, 3]) {
          for (let start = 0; start <= count; start += limit) {
            const expected = whole.threads.slice(start, start + limit);
            expect(await list({ start, limit })).toEqual({ threads: expected, total: count });
          }
        }
      };
      await expectPages(CONVERSATIONS);
      for (const [number, threadDocumentId] of threads.entries()) {
        if (number % 4 === 3)
          await ec.records.levels.choose(
            { threadDocumentId, messageDocumentId: null },
            [documentId],
            'private'
          );
      }
      await expectPages(CONVERSATIONS - 3);
      await ec.records.inboxes.change(documentId, () => ({ level: 'subject' }));
      await expectPages(CONVERSATIONS - 3);
      await ec.records.inboxes.change(documentId, () => ({ level: 'private' }));
      await expectPages(0);
      await ec.records.inboxes.change(documentId, () => ({ level: 'full' }));
      for (const threadDocumentId of threads)
        await ec.records.levels.choose({ threadDocumentId, messageDocumentId: null }, [documentId], null);
    }, 60_000);

    test('S42: the subject told is that of the newest mail which tells one, however far back', async () => {
      const connected = await ec.connect();
      const contact = await ec.addContact(`${ec.unique('long')}@customer.example`);
      const { threadDocumentId } = await ec.send(connected, contact);
      const minute = (number: number) => new Date(Date.UTC(2026, 2, 1, 10, number)).toISOString();
      const logged = Array.from({ length: LONG }, (_, answer) => ({
        message: buildMessage({
          threadDocumentId,
          inboxDocumentId: connected.inbox.documentId,
          receivedAt: minute(answer),
          headers: {
            messageId: messageId(`${ec.unique('answer')}@customer.example`),
            subject: `Topic ${answer + 1}`,
          },
        }),
        location: buildLocation(10 + answer),
      }));
      await ec.records.messages.recordPass(ec.pass(connected, {}));
      await ec.records.messages.recordPass(ec.pass(connected, { logged, cursorBefore: cursor(10) }));
      const { messages } = await ec.records.threads.page(threadDocumentId, { before: null, limit: LONG + 1 });
      const newestFirst = [...messages].reverse();
      for (const [hidden, { documentId: messageDocumentId }] of newestFirst.entries()) {
        const chosen = { threadDocumentId, messageDocumentId };
        await ec.records.levels.choose(chosen, [connected.inbox.documentId], 'facts');
        for (const limit of [1, 250]) {
          const { threads } = await ec.records.threads.listOfContact(contact, { start: 0, limit }, reader);
          const told = newestFirst[hidden + 1]?.subject ?? null;
          expect(threads.map(({ subject }) => subject)).toEqual([told]);
        }
      }
    });

    test('S47: the first page asks for no message that is older than the newest few', async () => {
      const { contact } = await manyConversations();
      const asked: string[] = [];
      const { connection } = ec.strapi.db;
      const listen = ({ sql }: { sql: string }) => asked.push(sql);
      connection.on('query', listen);
      await ec.records.threads.listOfContact(contact, { start: 0, limit: 1 }, reader);
      connection.removeListener('query', listen);
      const newest = asked.filter((sql) => /row_number|max\(/.test(sql));
      expect(newest).toHaveLength(1);
      expect(newest[0]).toMatch(/received_at[`"] >= /);
    });
  });
};

recordsAlone(__filename, contactPagesTests);
