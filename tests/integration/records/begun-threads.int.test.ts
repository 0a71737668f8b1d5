import type { BegunThread, MessageToRecord } from '../../../src/plugins/email-connect/server/src/ports';
import { buildCandidate, buildLocation, buildMessage, messageId } from '../../support/build-message';
import { at, cursor, recordsAlone } from './harness';
import type { Connected, StartedRecords } from './harness';

export const begunThreadsTests = (ec: StartedRecords): void => {
  const { unique, connect, pass, count, addContact, conversation } = ec;

  const beginning = (change: Partial<BegunThread> = {}): BegunThread => ({
    subject: 'Question',
    baseSubject: 'question',
    threadToken: messageId(`t.${unique('begun')}@team.example`),
    threadIndexRoot: `01d${unique('begun')}`,
    continuesDocumentId: null,
    ...change,
  });

  const first = (
    { inbox }: Connected,
    threadDocumentId: string,
    begins: BegunThread,
    change: Partial<MessageToRecord> = {}
  ): MessageToRecord => ({
    ...buildMessage({
      threadDocumentId,
      inboxDocumentId: inbox.documentId,
      origin: 'log-address',
      headers: { messageId: messageId(`${unique('first')}@customer.example`), subject: 'Question' },
    }),
    begins,
    ...change,
  });

  const logged = (...messages: MessageToRecord[]) =>
    messages.map((message, i) => ({ message, location: buildLocation(i + 1) }));

  describe('threads that mail begins', () => {
    test('two messages begin one thread, whoever comes first; its token and Thread-Index are known, its contacts linked', async () => {
      const connected = await connect();
      const address = `${unique('grace')}@customer.example`;
      const contact = await addContact(address);
      const threadDocumentId = unique('thread');
      const begins = beginning();
      const { changes } = await ec.records.messages.recordPass(
        pass(connected, {
          logged: logged(
            first(connected, threadDocumentId, begins, { participants: [address] }),
            first(connected, threadDocumentId, beginning())
          ),
        })
      );
      expect(changes).toHaveLength(2);
      expect(changes[0]?.contacts).toEqual([contact]);
      expect(await ec.records.threads.summary(threadDocumentId)).toMatchObject({
        subject: 'Question',
        state: 'open',
        messageCount: 2,
        inboxDocumentId: connected.inbox.documentId,
      });
      expect(await ec.records.outbox.loadThread(threadDocumentId)).toMatchObject({
        threadToken: begins.threadToken,
        threadIndexRoot: begins.threadIndexRoot,
      });
      const facts = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ references: [begins.threadToken], threadIndexRoot: begins.threadIndexRoot }),
      ]);
      expect(facts.ids.get(begins.threadToken)).toEqual({
        kind: 'token',
        threadDocumentId,
        messageDocumentId: null,
      });
      expect([...facts.threadIndexRoots.values()]).toEqual([threadDocumentId]);
    });

    test('P2: two inboxes that begin the same thread at once make one of it', async () => {
      const inboxes = [await connect(), await connect(), await connect()];
      const threadDocumentId = unique('thread');
      const shared = messageId(`${unique('same')}@customer.example`);
      const outcomes = inboxes.map((each) =>
        pass(each, {
          logged: logged(
            first(each, threadDocumentId, beginning(), { dedupIdentity: shared, fingerprint: 'same' }),
            first(each, threadDocumentId, beginning())
          ),
        })
      );
      const changes = await Promise.all(outcomes.map((outcome) => ec.records.messages.recordPass(outcome)));
      expect(changes.flatMap((recorded) => recorded.changes)).toHaveLength(4);
      expect(await count('plugin::email-connect.email-thread', { documentId: threadDocumentId })).toBe(1);
      expect(await count('email-connect::id-index', { threadDocumentId, kind: 'token' })).toBe(1);
      expect(await ec.records.threads.summary(threadDocumentId)).toMatchObject({ messageCount: 4 });
    });

    test('S21: a message that is recorded or was removed begins nothing, and an un-logged thread is not begun again', async () => {
      const { connected, sent, reply } = await conversation();
      const known = reply();
      const removed = reply();
      const before = pass(connected, { logged: logged(known, removed) });
      const {
        changes: [, second],
      } = await ec.records.messages.recordPass(before);
      await ec.records.upkeep.removeMessage(second!.messageDocumentId, at);
      await ec.records.upkeep.unlog(sent.threadDocumentId, at);
      const gone = [known, removed].map((message) => ({
        ...message,
        threadDocumentId: unique('thread'),
        begins: beginning(),
      }));
      const reborn = first(connected, sent.threadDocumentId, beginning());
      const again = pass(connected, { cursorBefore: cursor(10), logged: logged(...gone, reborn) });
      await expect(ec.records.messages.recordPass(again)).resolves.toMatchObject({ changes: [] });
      for (const { threadDocumentId } of gone) {
        expect(await ec.records.threads.summary(threadDocumentId)).toBeNull();
      }
    });

    test('c38: what splits off a thread is known with it', async () => {
      const { connected, sent } = await conversation();
      const { threadDocumentId } = sent;
      const split = unique('split');
      const begins = beginning({ baseSubject: 'other topic', continuesDocumentId: threadDocumentId });
      await ec.records.messages.recordPass(
        pass(connected, { logged: logged(first(connected, split, begins)) })
      );
      const { threads } = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ inReplyTo: [sent.messageId] }),
      ]);
      expect([...threads.keys()].sort()).toEqual([split, threadDocumentId].sort());
      expect(threads.get(split)).toMatchObject({
        baseSubject: 'other topic',
        lastMessageAt: '2026-03-01T10:00:05.000Z',
      });
    });
  });
};

recordsAlone(__filename, begunThreadsTests);
