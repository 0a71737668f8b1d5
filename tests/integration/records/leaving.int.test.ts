import { buildLocation } from '../../support/build-message';
import type { LeftMail } from '../../../src/plugins/email-connect/server/src/domain/access/leaving';
import { at, cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';
import { builtInContact } from './site';

export const leavingTests = (ec: StartedRecords): void => {
  const { addContact, conversation, messagesOf, pass, unique } = ec;
  const remove = (documentId: string) => ec.strapi.documents(builtInContact).delete({ documentId });
  const addressOf = ({ messageId }: { messageId: string }) =>
    `to-${messageId.slice(0, messageId.indexOf('@'))}@customer.example`;
  const stateOf = async (thread: string) => (await ec.records.threads.summary(thread))?.state;

  describe('a record that is deleted', () => {
    test('S45, w75: mutes its conversations; what was judged before is not written any more', async () => {
      const { connected, contact, sent, reply } = await conversation();
      const thread = sent.threadDocumentId;
      await remove(contact.documentId);
      expect(await stateOf(thread)).toBe('muted');
      const splitOff = reply({
        threadDocumentId: unique('split'),
        begins: {
          subject: 'Invoice',
          baseSubject: 'invoice',
          threadToken: sent.messageId,
          threadIndexRoot: unique('root'),
          continuesDocumentId: thread,
        },
      });
      const messages = [reply(), splitOff, reply({ origin: 'by-hand' })];
      const logged = messages.map((message, i) => ({ message, location: buildLocation(i + 1) }));
      const { logged: fates } = await ec.records.messages.recordPass(pass(connected, { logged }));
      const left = { kind: 'not-written', reason: 'thread-unlogged' };
      expect(fates).toMatchObject([left, left, { kind: 'recorded' }]);
      expect(await messagesOf(thread)).toHaveLength(2);
      expect(await ec.records.threads.summary(splitOff.threadDocumentId)).toBeNull();
    });

    test('S45: leaves a conversation alone that stands on another record, and no row of its own', async () => {
      const { connected, contact, sent, reply } = await conversation();
      const dora = `${unique('dora')}@customer.example`;
      const other = await addContact(dora);
      const message = reply({ headers: { from: [{ address: dora, displayName: '' }] } });
      const logged = [{ message, location: buildLocation(1) }];
      await ec.records.messages.recordPass(pass(connected, { logged }));
      await remove(contact.documentId);
      expect(await stateOf(sent.threadDocumentId)).toBe('open');
      expect(await ec.count('email-connect::message-record', { contactDocumentId: contact.documentId })).toBe(
        0
      );
      await remove(other.documentId);
      expect(await stateOf(sent.threadDocumentId)).toBe('muted');
    });

    test('S45: hands its mail over with what is answered to it later', async () => {
      const { connected, contact, sent, reply } = await conversation();
      const heir = await addContact(`${unique('heir')}@customer.example`);
      const { alone } = await ec.records.leaving.mailOn(contact);
      const documentIds = alone.map(({ documentId }) => documentId);
      expect(documentIds).toEqual([sent.messageDocumentId]);
      for (const handed of [1, 0]) expect(await ec.records.leaving.handOver(documentIds, heir)).toBe(handed);
      await remove(contact.documentId);
      const message = reply({ headers: { from: [{ address: addressOf(sent), displayName: '' }] } });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(1) }] })
      );
      expect(await ec.records.threads.listOfContact(heir, { start: 0, limit: 9 })).toMatchObject({
        threads: [{ documentId: sent.threadDocumentId, messageCount: 2, state: 'open' }],
      });
    });

    test('S45, P2: erases its mail with what a pass writes meanwhile, or leaves that muted', async () => {
      const { connected, contact, sent, reply } = await conversation();
      const { alone } = await ec.records.leaving.mailOn(contact);
      const documentIds = alone.map(({ documentId }) => documentId);
      const logged = Array.from({ length: 5 }, (_, i) => ({ message: reply(), location: buildLocation(i) }));
      await Promise.all([
        ec.records.messages.recordPass(pass(connected, { logged })),
        ec.records.leaving.erase(contact, documentIds, at),
      ]);
      expect(await messagesOf(sent.threadDocumentId)).not.toContainEqual(
        expect.objectContaining({ documentId: sent.messageDocumentId })
      );
      await remove(contact.documentId);
      expect(['muted', 'unlogged']).toContain(await stateOf(sent.threadDocumentId));
    });

    test('S45: keeps what was chosen once, for whoever chose it, and as long as is asked', async () => {
      const contact = await addContact(`${unique('grace')}@customer.example`);
      const to = await addContact(`${unique('heir')}@customer.example`);
      const choose = (left: LeftMail) => ec.records.leaving.choose({ contact, chosenBy: 'uma', left });
      const take = (who: string, withinMs = 60_000) => ec.records.leaving.takeChoice(contact, who, withinMs);
      expect(await take('uma')).toBeNull();
      await choose({ kind: 'erase' });
      await choose({ kind: 'hand-over', to });
      expect(await take('vic')).toBeNull();
      expect(await take('uma')).toEqual({ kind: 'hand-over', to });
      expect(await take('uma')).toBeNull();
      await choose({ kind: 'erase' });
      expect(await take('uma', -1)).toBeNull();
      for (const kind of ['erase', 'keep'] as const) {
        await choose({ kind });
        expect(await take('uma')).toEqual({ kind });
      }
    });

    test.each([1, 2, 3, 4, 5, 6])(
      'S45, P2: a mail that comes meanwhile and stands elsewhere keeps it open (%i)',
      async () => {
        const { connected, contact, sent, reply } = await conversation();
        const dora = `${unique('dora')}@customer.example`;
        await addContact(dora);
        const message = reply({ headers: { from: [{ address: dora, displayName: '' }] } });
        const logged = [{ message, location: buildLocation(1) }];
        const recorded = ec.records.messages.recordPass(pass(connected, { logged }));
        await Promise.all([recorded, remove(contact.documentId)]);
        const isThere = (await messagesOf(sent.threadDocumentId)).length === 2;
        expect(await stateOf(sent.threadDocumentId)).toBe(isThere ? 'open' : 'muted');
      }
    );

    // Two transactions that end one another do so only now and then.
    test.each([1, 2, 3, 4, 5, 6])('S45, P2: while a pass writes to its conversation (%i)', async () => {
      const { connected, contact, sent, reply } = await conversation();
      const logged = Array.from({ length: 5 }, (_, i) => ({ message: reply(), location: buildLocation(i) }));
      const passes = ec.records.messages.recordPass(pass(connected, { logged }));
      await Promise.all([passes, remove(contact.documentId)]);
      expect(await stateOf(sent.threadDocumentId)).toBe('muted');
      const later = pass(connected, {
        cursorBefore: cursor(10),
        cursorAfter: cursor(20),
        logged: [{ message: reply(), location: buildLocation(11) }],
      });
      await expect(ec.records.messages.recordPass(later)).resolves.toMatchObject({ changes: [] });
    });
  });
};

recordsAlone(__filename, leavingTests);
