import type { Evidence } from '../../../src/plugins/email-connect/server/src/domain/logging/verdict';
import type { LinkedContact } from '../../../src/plugins/email-connect/server/src/domain/outgoing/outgoing';
import type { MessageToRecord } from '../../../src/plugins/email-connect/server/src/ports';
import { buildLocation, buildMessage, messageId } from '../../support/build-message';
import { at, cursor, recordsAlone } from './harness';
import type { Connected, StartedRecords } from './harness';
import { builtInContact } from './site';

const byHand: Evidence = { rung: 'by-hand', confidence: 1, header: '', value: '' };
const refused = (reason: string) => ({ kind: 'not-written', reason });
const named = (address: string) => ({ address, displayName: '' });

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

  /** A mail from somebody, which begins a conversation. */
  const mailFrom = (
    { inbox }: Connected,
    author: string,
    { headers, ...change }: Partial<Parameters<typeof buildMessage>[0]> = {}
  ): MessageToRecord =>
    buildMessage({
      threadDocumentId: unique('thread'),
      inboxDocumentId: inbox.documentId,
      origin: 'by-hand',
      evidence: byHand,
      begins: beginning(),
      ...change,
      headers: {
        messageId: messageId(`${unique('asked')}@brand-new.example`),
        from: [named(author)],
        to: [named(inbox.address)],
        subject: 'Question',
        ...headers,
      },
    });

  /** Passes of one inbox that record a message each. */
  const recorder = (connected: Connected) => {
    let uid = 0;
    return async (message: MessageToRecord, asked?: { chosen: LinkedContact | null }) => {
      uid += 1;
      const logged = [{ message, location: buildLocation(uid), ...(asked ? { asked } : {}) }];
      const cursorBefore = uid === 1 ? null : cursor(10);
      const recorded = await ec.records.messages.recordPass(pass(connected, { cursorBefore, logged }));
      return { fate: recorded.logged[0], changes: recorded.changes };
    };
  };

  /** A mail that a person asked for, recorded in an inbox of its own. */
  const ask = async (change: Parameters<typeof mailFrom>[2] = {}, chosen: LinkedContact | null = null) => {
    const connected = await connect();
    const message = mailFrom(connected, newAddress(), change);
    const record = recorder(connected);
    const { threadDocumentId } = message;
    return { ...(await record(message, { chosen })), message, record, connected, threadDocumentId };
  };

  const deleteContact = ({ contactType, documentId }: LinkedContact) =>
    ec.strapi.db.query(contactType).deleteMany({ where: { documentId } });

  const standingOn = async (threadDocumentId: string) =>
    (await ec.records.threads.summary(threadDocumentId))?.contacts;

  /** How many messages of each conversation stand on a record. */
  const listOf = async (contact: LinkedContact) => {
    const { threads } = await ec.records.threads.listOfContact(contact, { start: 0, limit: 10 });
    return threads.map(({ documentId, messageCount }) => [documentId, messageCount]);
  };

  describe('S45: mail that a person asked for', () => {
    test('w76: is not written where it would stand on nobody, and its thread is not begun', async () => {
      const messages = await count('plugin::email-connect.email-message', {});
      const { fate, threadDocumentId } = await ask();
      expect(fate).toEqual(refused('no-contact'));
      expect(await ec.records.threads.summary(threadDocumentId)).toBeNull();
      expect(await count('plugin::email-connect.email-message', {})).toBe(messages);
    });

    test('stands on the contact that was chosen, beside those that its people are', async () => {
      const chosen = await addContact(newAddress());
      const address = newAddress();
      const author = await addContact(address);
      const { fate, threadDocumentId, changes } = await ask({ headers: { from: [named(address)] } }, chosen);
      expect(fate).toMatchObject({ kind: 'recorded' });
      expect(changes[0]?.contacts).toEqual(await standingOn(threadDocumentId));
      expect(await standingOn(threadDocumentId)).toEqual([chosen, author]);
    });

    test('answers by the same people stand there too, and whoever is new to it answers for them', async () => {
      const chosen = await addContact(newAddress());
      const { message, record, connected, threadDocumentId } = await ask({}, chosen);
      const { messageId: asked, from } = message.parsed.headers;
      if (asked === null) throw new Error('It was built with one.');
      const answer = (author: string) =>
        mailFrom(connected, author, { threadDocumentId, begins: null, headers: { inReplyTo: [asked] } });
      await record(answer(from[0]?.address ?? ''));
      await record(answer(newAddress()));
      expect(await listOf(chosen)).toEqual([[threadDocumentId, 3]]);
    });

    test('is not written for anybody who was deleted', async () => {
      const [chosen, chosenToo] = [await addContact(newAddress()), await addContact(newAddress())];
      const { contact, sent } = await conversation();
      await deleteContact(chosen);
      await deleteContact(contact);
      const { threadDocumentId } = sent;
      expect((await ask({}, chosen)).fate).toEqual(refused('chosen-is-gone'));
      const answer = { threadDocumentId, begins: null, headers: { inReplyTo: [sent.messageId] } };
      expect((await ask(answer)).fate).toEqual(refused('no-contact'));
      expect((await ask({ begins: beginning(threadDocumentId) })).fate).toEqual(refused('no-contact'));
      expect((await ask(answer, chosenToo)).fate).toMatchObject({ kind: 'recorded' });
    });

    test('w8, w10: stands on those of what somebody new answers, in their conversation and in one that it splits off', async () => {
      const { contact, sent } = await conversation();
      const { threadDocumentId } = sent;
      const headers = { inReplyTo: [sent.messageId] };
      expect((await ask({ threadDocumentId, begins: null, headers })).fate).toMatchObject({
        kind: 'recorded',
      });
      const split = await ask({ begins: beginning(threadDocumentId), headers });
      expect(await standingOn(split.threadDocumentId)).toEqual([contact]);
    });

    test('w7, w9: from somebody who was named and is on no record: on whom a person chooses, which shows that mail alone', async () => {
      const wife = newAddress();
      const { connected, contact, sent, reply } = await conversation();
      const record = recorder(connected);
      const first = reply({ headers: { cc: [named(wife)] }, participants: [wife] });
      await record(first);
      const answer = () => reply({ headers: { from: [named(wife)] }, participants: [wife] });
      expect((await record(answer(), { chosen: null })).fate).toEqual(refused('no-contact'));
      const chosen = await addContact(newAddress());
      expect((await record(answer(), { chosen })).fate).toMatchObject({ kind: 'recorded' });
      const { threadDocumentId } = sent;
      expect(await listOf(chosen)).toEqual([[threadDocumentId, 1]]);
      expect(await listOf(contact)).toEqual([[threadDocumentId, 2]]);
    });

    test('S24: within a conversation, mail of its contact is put on no other', async () => {
      const { connected, contact, sent, reply } = await conversation();
      const address = newAddress();
      const data: Record<string, unknown> = { furtherEmails: address };
      await ec.strapi.documents(builtInContact).update({ documentId: contact.documentId, data });
      const chosen = await addContact(newAddress());
      const message = reply({ headers: { from: [named(address)] }, participants: [address] });
      const { fate } = await recorder(connected)(message, { chosen });
      expect(fate).toMatchObject({ kind: 'recorded' });
      expect(await listOf(chosen)).toEqual([]);
      expect(await standingOn(sent.threadDocumentId)).toEqual([contact]);
    });

    test('S21: an un-logged thread is the reason where there is one', async () => {
      const { sent } = await conversation();
      const { threadDocumentId } = sent;
      await ec.records.upkeep.unlog(threadDocumentId, at);
      const { fate } = await ask({ threadDocumentId, begins: null });
      expect(fate).toEqual(refused('thread-unlogged'));
    });

    test('P8: stands on no contact that carries an address of the team', async () => {
      const address = 'elsewhere@partner.example';
      await addContact(address);
      expect((await ask({ headers: { from: [named(address)] } })).fate).toEqual(refused('no-contact'));
    });

    test('S52: asked for twice, it is one record', async () => {
      const chosen = await addContact(newAddress());
      const { record, fate, message } = await ask({}, chosen);
      expect(fate).toMatchObject({ kind: 'recorded' });
      expect((await record(message, { chosen })).fate).toMatchObject({ ...fate, kind: 'was-there' });
    });

    test('what is known before is what the transaction finds', async () => {
      const { connected, contact, sent } = await conversation();
      const message = mailFrom(connected, newAddress(), {
        threadDocumentId: sent.threadDocumentId,
        begins: null,
        headers: { inReplyTo: [sent.messageId] },
      });
      const { headers } = message.parsed;
      const mail = { ...message, headers, begins: false, continuesDocumentId: null };
      const gone = { ...contact, documentId: 'gone' };
      expect(await ec.records.messages.askedFacts(mail, gone)).toEqual({
        standsOn: [contact],
        chosen: { contact: gone, isThere: false },
        begins: false,
      });
    });
  });
};

recordsAlone(__filename, toNobodyTests);
