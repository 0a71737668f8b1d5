import type { Address } from '../../../src/plugins/email-connect/server/src/domain/message/message';
import type { MessageToRecord } from '../../../src/plugins/email-connect/server/src/ports';
import { buildLocation, buildMessage, messageId } from '../../support/build-message';
import { cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';
import { builtInContact } from './site';

const mallory = 'mallory2@attacker.example';
const person = (address: string, displayName = ''): Address => ({ address, displayName });

export const newcomersTests = (ec: StartedRecords): void => {
  /** A mail to Cleo Miller, who has a second address, with an assistant on Cc; and a way to record mail after it. */
  const scene = async () => {
    const connected = await ec.connect();
    const cleo = `${ec.unique('cleo')}@customer.example`;
    const contact = await ec.addContact(cleo, [`home-${cleo}`]);
    const name: Record<string, unknown> = { name: 'Cleo Miller' };
    await ec.strapi.documents(builtInContact).update({ documentId: contact.documentId, data: name });
    const parts = (to: Address[], cc: Address[] = []) => ({
      threadDocumentId: '',
      inboxDocumentId: connected.inbox.documentId,
      direction: 'outgoing' as const,
      receivedAt: '2026-03-01T09:00:00.000Z',
      headers: {
        messageId: messageId(`${ec.unique('written')}@team.example`),
        from: [person(connected.inbox.address, 'Ada')],
        to,
        cc,
      },
    });
    const sent = await ec.send(connected, contact, {
      ...buildMessage(parts([person(cleo)], [person(`office-${cleo}`)])),
      origin: 'crm',
      deliveryStatus: 'queued',
    });
    const { threadDocumentId, messageId: sentId } = sent;
    const from = (author: Address, part: Partial<MessageToRecord> = {}) => ({
      ...buildMessage({
        threadDocumentId,
        inboxDocumentId: connected.inbox.documentId,
        headers: {
          messageId: messageId(`${ec.unique('reply')}@customer.example`),
          inReplyTo: [sentId],
          from: [author],
        },
      }),
      ...part,
    });
    let seen = 0;
    /** In one pass; the marks of each in its order. */
    const marksOf = async (...messages: MessageToRecord[]) => {
      const first = seen + 1;
      const { logged } = await ec.records.messages.recordPass(
        ec.pass(connected, {
          cursorBefore: seen === 0 ? null : cursor(seen),
          cursorAfter: cursor((seen += messages.length)),
          logged: messages.map((message, i) => ({ message, location: buildLocation(first + i) })),
        })
      );
      const marks: unknown[] = [];
      for (const fate of logged) {
        const documentId = 'messageDocumentId' in fate ? fate.messageDocumentId : '';
        marks.push((await ec.records.threads.message(documentId))?.marks);
      }
      return marks;
    };
    const written = (to: Address) => buildMessage({ ...parts([to]), threadDocumentId });
    return { connected, contact, cleo, sent, from, marksOf, written };
  };

  describe('somebody new in a conversation', () => {
    test('S44: is marked, more strongly under the name of a contact or of one of us', async () => {
      const { from, marksOf } = await scene();
      expect(await marksOf(from(person(mallory, 'Mallory')))).toEqual([['new-address']]);
      expect(
        await marksOf(
          from(person('m3@attacker.example', 'Cleo Miller')),
          from(person('m4@attacker.example', 'Ada'))
        )
      ).toEqual([['borrowed-name'], ['borrowed-name']]);
    });

    test('S44: stays marked until one of us writes to them', async () => {
      const { from, marksOf, written } = await scene();
      const stranger = person(mallory, 'Cleo Miller');
      expect(await marksOf(from(stranger), from(stranger))).toEqual([['borrowed-name'], ['borrowed-name']]);
      expect(await marksOf(from(stranger))).toEqual([['borrowed-name']]);
      expect(await marksOf(written(person(mallory)), from(stranger))).toEqual([[], []]);
      expect(await marksOf(from(stranger))).toEqual([[]]);
    });

    test('S44, S15: the contact, its second address, who was on Cc, a colleague and a notice are not', async () => {
      const { connected, cleo, from, marksOf } = await scene();
      const colleague = await ec.connect();
      expect(
        await marksOf(
          from(person(cleo.toUpperCase(), 'Cleo')),
          from(person(`home-${cleo}`, 'Cleo Miller')),
          from(person(`office-${cleo}`, 'Cleo Miller')),
          from(person(colleague.inbox.address, 'Ada')),
          from(person('mailer-daemon@mx.example'), { notice: 'bounce' }),
          from(person('cleo-away@customer.example', 'Cleo Miller'), { notice: 'auto-reply' }),
          from(person(connected.inbox.address), { direction: 'outgoing' })
        )
      ).toEqual([[], [], [], [], [], [], []]);
    });

    test('S44: marks of the form stay beside it', async () => {
      const { from, marksOf } = await scene();
      const message = from(person(mallory));
      message.parsed.marks = ['signed'];
      expect(await marksOf(message)).toEqual([['signed', 'new-address']]);
    });

    test('S44: that DMARC failed is marked beside it, of a known author too, and makes nobody new', async () => {
      const { cleo, from, marksOf, written } = await scene();
      const failed = (author: Address, part: Partial<MessageToRecord> = {}) =>
        from(author, { failsDmarc: true, ...part });
      const office = person(`office-${cleo}`, 'Olga Office');
      expect(
        await marksOf(failed(person(mallory, 'Cleo Miller')), failed(person(cleo)), failed(office))
      ).toEqual([['dmarc-failed', 'borrowed-name'], ['dmarc-failed'], ['dmarc-failed']]);
      expect(await marksOf(from(office), from(person('m5@attacker.example', 'Olga Office')))).toEqual([
        [],
        ['borrowed-name'],
      ]);
      expect(await marksOf(written(person(mallory)), failed(person(mallory)))).toEqual([
        [],
        ['dmarc-failed'],
      ]);
    });

    const begun = (threadDocumentId: string, continuesDocumentId: string | null) => ({
      threadDocumentId,
      begins: {
        subject: 'Account',
        baseSubject: 'account',
        threadToken: messageId(`t.${threadDocumentId}@team.example`),
        threadIndexRoot: `02d${threadDocumentId}`,
        continuesDocumentId,
      },
    });

    test('S44, c38: a new subject makes nobody known, and nobody new', async () => {
      const { cleo, sent, from, marksOf } = await scene();
      const split = begun(ec.unique('split'), sent.threadDocumentId);
      expect(
        await marksOf(
          from(person(mallory, 'Cleo Miller'), split),
          from(person(`office-${cleo}`), { ...split, begins: null })
        )
      ).toEqual([['borrowed-name'], []]);
    });

    test('S44: who begins a conversation is not new to it', async () => {
      const { from, marksOf } = await scene();
      const thread = begun(ec.unique('begun'), null);
      const first = from(person('new@elsewhere.example', 'Nora'), thread);
      expect(
        await marksOf(first, from(person('new@elsewhere.example', 'Nora'), { ...thread, begins: null }))
      ).toEqual([[], []]);
    });
  });
};

recordsAlone(__filename, newcomersTests);
