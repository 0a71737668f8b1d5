import type { Evidence } from '../../../src/plugins/email-connect/server/src/domain/logging/verdict';
import type { LinkedContact } from '../../../src/plugins/email-connect/server/src/domain/outgoing/outgoing';
import type { MessageToRecord } from '../../../src/plugins/email-connect/server/src/ports';
import { buildLocation, buildMessage, messageId } from '../../support/build-message';
import { at, cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';

const byHand: Evidence = { rung: 'by-hand', confidence: 1, header: '', value: '' };
const toNobody = { kind: 'not-written', reason: 'nobody' };

/** What the transaction itself refuses, whatever was known before it began. */
export const toNobodyTests = (ec: StartedRecords): void => {
  const { unique, connect, pass, count, addContact, conversation } = ec;

  const newAddress = () => `${unique('nina')}@brand-new.example`;

  const beginning = (continuesDocumentId: string | null = null): MessageToRecord['begins'] => ({
    subject: 'Question',
    baseSubject: 'question',
    threadToken: messageId(`t.${unique('begun')}@team.example`),
    threadIndexRoot: `01d${unique('begun')}`,
    continuesDocumentId,
  });

  /** A mail from somebody new that a person asked for, recorded in an inbox of its own. */
  const ask = async (change: Partial<MessageToRecord> = {}, contact?: LinkedContact) => {
    const connected = await connect();
    const message: MessageToRecord = {
      ...buildMessage({
        threadDocumentId: unique('thread'),
        inboxDocumentId: connected.inbox.documentId,
        origin: 'by-hand',
        evidence: byHand,
        headers: { messageId: messageId(`${unique('asked')}@brand-new.example`), subject: 'Question' },
      }),
      begins: beginning(),
      participants: [newAddress()],
      ...change,
    };
    const record = async (uid: number, cursorBefore = uid === 1 ? null : cursor(10)) => {
      const logged = [{ message, location: buildLocation(uid), ...(contact ? { contact } : {}) }];
      return ec.records.messages.recordPass(pass(connected, { cursorBefore, logged }));
    };
    const { logged, changes } = await record(1);
    return { fate: logged[0], changes, record, threadDocumentId: message.threadDocumentId };
  };

  const deleteContact = ({ contactType, documentId }: LinkedContact) =>
    ec.strapi.db.query(contactType).deleteMany({ where: { documentId } });

  const standingOn = async (threadDocumentId: string) =>
    (await ec.records.threads.summary(threadDocumentId))?.contacts;

  describe('S45: mail that a person asked for', () => {
    test('is not written where nobody would stand on its thread, which is not begun either', async () => {
      const messages = await count('plugin::email-connect.email-message', {});
      const { fate, threadDocumentId } = await ask();
      expect(fate).toEqual(toNobody);
      expect(await ec.records.threads.summary(threadDocumentId)).toBeNull();
      expect(await count('plugin::email-connect.email-message', {})).toBe(messages);
    });

    test('stands on the contact that was chosen, beside those that its people are', async () => {
      const chosen = await addContact(newAddress());
      const address = newAddress();
      const author = await addContact(address);
      const { fate, threadDocumentId, changes } = await ask({ participants: [address] }, chosen);
      expect(fate).toMatchObject({ kind: 'recorded' });
      expect(changes[0]?.contacts).toEqual(await standingOn(threadDocumentId));
      expect(await standingOn(threadDocumentId)).toEqual(expect.arrayContaining([chosen, author]));
    });

    test('is written for nobody who was deleted: the chosen one, the thread’s, the one’s that it continues', async () => {
      const chosen = await addContact(newAddress());
      const { contact, sent } = await conversation();
      await deleteContact(chosen);
      await deleteContact(contact);
      const { threadDocumentId } = sent;
      expect((await ask({}, chosen)).fate).toEqual(toNobody);
      expect((await ask({ threadDocumentId, begins: null })).fate).toEqual(toNobody);
      expect((await ask({ begins: beginning(threadDocumentId) })).fate).toEqual(toNobody);
    });

    test('is written into a thread that somebody stands on, and into one that continues it', async () => {
      const { contact, sent } = await conversation();
      const { threadDocumentId } = sent;
      expect((await ask({ threadDocumentId, begins: null })).fate).toMatchObject({ kind: 'recorded' });
      const split = await ask({ begins: beginning(threadDocumentId) });
      expect(await standingOn(split.threadDocumentId)).toEqual([contact]);
    });

    test('S21: an un-logged thread is the reason where there is one', async () => {
      const { sent } = await conversation();
      const { threadDocumentId } = sent;
      await ec.records.upkeep.unlog(threadDocumentId, at);
      const { fate } = await ask({ threadDocumentId, begins: null });
      expect(fate).toEqual({ kind: 'not-written', reason: 'thread-unlogged' });
    });

    test('P8: stands on no contact that carries an address of the team', async () => {
      const address = 'elsewhere@partner.example';
      await addContact(address);
      expect((await ask({ participants: [address] })).fate).toEqual(toNobody);
    });

    test('S52: asked for twice, it is one record', async () => {
      const { record, fate } = await ask({}, await addContact(newAddress()));
      expect(fate).toMatchObject({ kind: 'recorded' });
      expect((await record(2)).logged).toMatchObject([{ ...fate, kind: 'was-there' }]);
    });
  });
};

recordsAlone(__filename, toNobodyTests);
