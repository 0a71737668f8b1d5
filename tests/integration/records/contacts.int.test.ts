import {
  message as messageContract,
  messageSummary,
} from '../../../src/plugins/email-connect/shared/contracts/message';
import { thread as threadContract } from '../../../src/plugins/email-connect/shared/contracts/thread';
import type { LinkedContact } from '../../../src/plugins/email-connect/server/src/domain/outgoing/outgoing';
import { buildAttachment, buildLocation } from '../../support/build-message';
import { recordsAlone } from './harness';
import type { StartedRecords } from './harness';
import { builtInContact, person } from './site';

export const contactsTests = (ec: StartedRecords): void => {
  const { unique, connect, addContact, send, pass, count, conversation } = ec;

  describe('contacts', () => {
    const countsOn = async (contact: LinkedContact): Promise<number[]> => {
      const { threads } = await ec.records.threads.listOfContact(contact, { start: 0, limit: 10 });
      return threads.map(({ messageCount }) => messageCount);
    };

    test('S25: a mail to three contacts is one record on three lists; unknown people make no contact', async () => {
      const { connected, contact, sent, reply } = await conversation();
      const others = [`${unique('b')}@customer.example`, `${unique('c')}@customer.example`];
      const refs = [await addContact(others[0]!), await addContact('main@x.example', [others[1]!])];
      const contactsBefore = await count(builtInContact, {});
      const message = reply({
        headers: { cc: [...others, 'stranger@x.example'].map((address) => ({ address, displayName: '' })) },
      });
      const {
        changes: [change],
      } = await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      expect(change?.contacts).toHaveLength(3);
      expect(change?.contacts).toEqual(expect.arrayContaining([contact, ...refs]));
      expect((await ec.records.threads.summary(sent.threadDocumentId))?.contacts).toEqual(change?.contacts);
      const counts = await Promise.all([contact, ...refs].map(countsOn));
      // The mail before it was to the contact alone (S40).
      expect(counts).toEqual([[2], [1], [1]]);
      expect(await count(builtInContact, {})).toBe(contactsBefore);
    });

    test('P7: a contact that is created later gets the threads of its address at once', async () => {
      const { connected, sent, reply } = await conversation();
      const address = `${unique('late')}@customer.example`;
      const message = reply({ headers: { cc: [{ address, displayName: '' }] } });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const late = await addContact(address.toUpperCase());
      const page = await ec.records.threads.listOfContact(late, { start: 0, limit: 10 });
      expect(page.threads.map(({ documentId }) => documentId)).toEqual([sent.threadDocumentId]);
    });

    test("P8: a colleague's address as a contact shows nothing of that colleague's mail", async () => {
      const { connected, sent, reply } = await conversation();
      const colleague = await addContact(connected.inbox.address);
      await ec.records.messages.recordPass(
        pass(connected, {
          logged: [
            { message: reply({ participants: [connected.inbox.address] }), location: buildLocation(5) },
          ],
        })
      );
      expect(await ec.records.threads.listOfContact(colleague, { start: 0, limit: 10 })).toEqual({
        threads: [],
        total: 0,
      });
      expect((await ec.records.threads.summary(sent.threadDocumentId))?.contacts).not.toContainEqual(
        colleague
      );
    });

    /** The records that the index names for these addresses. */
    const carriersOf = async (...addresses: string[]): Promise<Map<string, LinkedContact[]>> => {
      const rows: { address: string; contactType: string; contactDocumentId: string }[] = await ec.strapi.db
        .query('email-connect::address-index')
        .findMany({ where: { address: { $in: addresses } }, orderBy: { id: 'asc' } });
      return new Map(
        rows.map(({ address, contactType, contactDocumentId: documentId }) => [
          address,
          [{ contactType, documentId }],
        ])
      );
    };

    test('an address index entry goes with the address and with the contact', async () => {
      const [first, second] = [`${unique('old')}@x.example`, `${unique('new')}@x.example`];
      const contact = await addContact(first);
      await expect(carriersOf(first, second)).resolves.toEqual(new Map([[first, [contact]]]));
      const changed: Record<string, unknown> = { email: second };
      await ec.strapi.documents(builtInContact).update({ documentId: contact.documentId, data: changed });
      await expect(carriersOf(first, second)).resolves.toEqual(new Map([[second, [contact]]]));
      await expect(ec.records.contacts.load(contact)).resolves.toEqual({
        name: `Contact ${first}`,
        addresses: [second],
      });
      await ec.strapi.documents(builtInContact).delete({ documentId: contact.documentId });
      await expect(carriersOf(first, second)).resolves.toEqual(new Map());
      await expect(ec.records.contacts.load(contact)).resolves.toBeNull();
    });

    test('any content type can be a contact: components, repeatables, JSON, drafts before what is published', async () => {
      const name = unique('person');
      const people = ec.strapi.documents(person);
      const data = {
        fullName: name,
        work: { value: `work-${name}@x.example` },
        others: [{ value: `one-${name}@x.example` }, { value: 'no address' }],
        profile: { mails: [`json-${name}@x.example`] },
      };
      const { documentId } = await people.create({ data, status: 'published' });
      const draft: Record<string, unknown> = { work: { value: `draft-${name}@x.example` } };
      await people.update({ documentId, data: draft });
      await ec.strapi.store({ type: 'plugin', name: 'email-connect' }).delete({ key: 'address-index' });
      await ec.records.contacts.rebuildIndex();
      const contact = { contactType: person, documentId };
      const addresses = ['draft', 'one', 'json'].map((word) => `${word}-${name}@x.example`);
      await expect(ec.records.contacts.load(contact)).resolves.toEqual({ name, addresses });
      await expect(carriersOf(...addresses, `work-${name}@x.example`)).resolves.toEqual(
        new Map(addresses.map((address) => [address, [contact]]))
      );
    });

    test('a page of a contact is in order, whole and read in as many statements as any other page', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('paged')}@customer.example`);
      const expected: string[] = [];
      for (let day = 10; day < 22; day += 1) {
        const entry = await send(connected, contact, { receivedAt: `2026-03-${day}T09:00:00.000Z` });
        expected.unshift(entry.threadDocumentId);
      }
      const readPage = () => ec.records.threads.listOfContact(contact, { start: 2, limit: 5 });
      const page = await readPage();
      expect(page.total).toBe(12);
      expect(page.threads.map(({ documentId }) => documentId)).toEqual(expected.slice(2, 7));
      expect(page.threads[0]?.lastMessageAt).toBe('2026-03-19T09:00:00.000Z');
      expect(await ec.statementsOf(readPage)).toBe(13);
    });

    test('conversations of one moment are each on one page, and a page after the last tells how many there are', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('moment')}@customer.example`);
      const documentIds: string[] = [];
      for (let number = 0; number < 8; number += 1) {
        // The last mails of all but one are of one moment, and each conversation has an older one.
        const receivedAt = `2026-03-01T09:0${number === 3 ? 1 : 2}:00.000Z`;
        const mail = ec.mailFrom(connected, contact, { receivedAt });
        const { threadDocumentId } = await ec.queue(mail);
        const thread = { kind: 'existing' as const, documentId: threadDocumentId, contacts: [contact] };
        await ec.queue({
          ...ec.mailFrom(connected, contact, { receivedAt: '2026-03-01T09:00:00.000Z', threadDocumentId }),
          thread,
        });
        documentIds.push(threadDocumentId);
      }
      const [earlier] = documentIds.splice(3, 1);
      const pages = [];
      for (const start of [0, 3, 6, 9])
        pages.push(await ec.records.threads.listOfContact(contact, { start, limit: 3 }));
      expect(pages.map(({ total }) => total)).toEqual([8, 8, 8, 8]);
      expect(pages.map(({ threads }) => threads.length)).toEqual([3, 3, 2, 0]);
      const listed = pages.flatMap(({ threads }) => threads);
      expect(listed.map(({ documentId }) => documentId)).toEqual([...documentIds.reverse(), earlier]);
      expect(listed.map(({ lastMessageAt }) => lastMessageAt)).toEqual([
        ...documentIds.map(() => '2026-03-01T09:02:00.000Z'),
        '2026-03-01T09:01:00.000Z',
      ]);
      expect(new Set(listed.map(({ messageCount }) => messageCount))).toEqual(new Set([2]));
    });

    test('S40, w4: what waits to be sent is told on the records where it stands, and on no other', async () => {
      const { connected, contact, reply } = await conversation();
      const address = `${unique('copied')}@customer.example`;
      const copied = await addContact(address);
      const message = reply({ headers: { cc: [{ address, displayName: '' }] } });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const sendingOn = async (record: LinkedContact) =>
        (await ec.records.threads.listOfContact(record, { start: 0, limit: 10 })).threads.map(
          ({ messageCount, sending }) => ({ messageCount, sending })
        );
      expect(await sendingOn(contact)).toEqual([{ messageCount: 2, sending: 'queued' }]);
      expect(await sendingOn(copied)).toEqual([{ messageCount: 1, sending: null }]);
    });

    test("S29: a contact's files, newest first, without images of signatures; placeholders are there", async () => {
      const { connected, contact, sent, reply } = await conversation();
      const logged = [
        reply({
          receivedAt: '2026-03-03T00:00:00.000Z',
          attachments: [buildAttachment({ fileName: 'new.pdf', state: 'too-large', storageKey: null })],
        }),
        reply({
          receivedAt: '2026-03-02T00:00:00.000Z',
          attachments: [
            buildAttachment({ fileName: 'old.pdf' }),
            buildAttachment({ fileName: 'logo.png', disposition: 'inline' }),
          ],
        }),
      ].map((message, i) => ({ message, location: buildLocation(i + 1) }));
      await ec.records.messages.recordPass(pass(connected, { logged }));
      const { attachments, total } = await ec.records.attachmentRecords.listOfContact(contact, {
        start: 0,
        limit: 10,
      });
      expect(total).toBe(2);
      expect(attachments).toMatchObject([
        { fileName: 'new.pdf', state: 'too-large', threadDocumentId: sent.threadDocumentId },
        {
          fileName: 'old.pdf',
          state: 'stored',
          fromAddress: 'grace@customer.example',
          sentAt: '2026-03-01T10:00:00.000Z',
        },
      ]);
      expect(
        (await ec.records.attachmentRecords.listOfContact(contact, { start: 1, limit: 1 })).attachments
      ).toMatchObject([{ fileName: 'old.pdf' }]);
      const loaded = await ec.records.attachmentRecords.load(attachments[1]!.documentId);
      expect(loaded).toMatchObject({ ...attachments[1], storageKey: 'aa/plan' });
      expect(await ec.records.attachmentRecords.load('none')).toBeNull();
    });

    test('what is read is what the contracts say, field for field', async () => {
      const { connected, sent, reply } = await conversation();
      const message = reply({
        notice: 'auto-reply',
        origin: 'sent-folder',
        attachments: [buildAttachment()],
      });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const thread = await ec.records.threads.summary(sent.threadDocumentId);
      expect(threadContract.strict().parse(thread)).toEqual(thread);
      const { messages } = await ec.records.threads.page(sent.threadDocumentId, { before: null, limit: 10 });
      expect(messageSummary.strict().parse(messages[1])).toEqual(messages[1]);
      const whole = await ec.records.threads.message(messages[1]?.documentId ?? '');
      expect(messageContract.strict().parse(whole)).toMatchObject({
        ...messages[1],
        notice: 'auto-reply',
        origin: 'sent-folder',
      });
      expect(thread?.inboxDocumentId).toBe(connected.inbox.documentId);
      expect(await ec.records.threads.summary('none')).toBeNull();
      expect(await ec.records.threads.message('none')).toBeNull();
    });
  });
};

recordsAlone(__filename, contactsTests);
