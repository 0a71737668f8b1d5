import type {
  DeliveryReport,
  MessageHeaders,
  NoticeKind,
} from '../../../src/plugins/email-connect/server/src/domain/message/message';
import type { MessageToRecord } from '../../../src/plugins/email-connect/server/src/ports';
import { buildCandidate, buildLocation, messageId } from '../../support/build-message';
import { cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';

const grace = 'grace@customer.example';
const henry = 'henry@customer.example';
const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));

const report = (change: Partial<DeliveryReport>): DeliveryReport => ({
  address: grace,
  forwardedTo: '',
  action: 'failed',
  status: '5.1.1',
  diagnostic: 'smtp; 550 5.1.1 User unknown',
  ...change,
});

export const noticesTests = (ec: StartedRecords): void => {
  const { pass, messagesOf, conversation } = ec;

  /** A sent mail, and a way to record notices about it one after another. */
  const sentMail = async () => {
    const { connected, sent, reply } = await conversation({ bcc: at(grace, henry) });
    await ec.take(sent);
    let seen = 0;
    const record = async (message: MessageToRecord) => {
      const {
        changes: [change],
      } = await ec.records.messages.recordPass(
        pass(connected, {
          cursorBefore: seen === 0 ? null : cursor(seen),
          cursorAfter: cursor((seen += 1)),
          logged: [{ message, location: buildLocation(seen) }],
        })
      );
      return change;
    };
    const notify = (
      notice: NoticeKind,
      reports: DeliveryReport[],
      {
        answers = sent.messageDocumentId,
        ...part
      }: Partial<Parameters<typeof reply>[0]> & { answers?: string } = {}
    ) => record({ ...reply({ notice, reports, ...part }), answersDocumentId: answers });
    const row = () =>
      ec.strapi.db
        .query('plugin::email-connect.email-message')
        .findOne({ where: { documentId: sent.messageDocumentId } });
    return { connected, sent, reply, record, notify, row };
  };

  describe('notices', () => {
    test('P6, c49: a bounce is shown on the mail it is about, with status and what the server said', async () => {
      const { sent, notify, row } = await sentMail();
      const change = await notify('bounce', [
        report({ diagnostic: `smtp; 550\n ${'x'.repeat(1_000)}` }),
        report({ address: henry, status: '4.4.7' }),
        report({ address: 'c@x', action: 'delivered', status: '2.0.0' }),
      ]);
      expect(change).toMatchObject({ bounces: true, receivedAt: '2026-03-01T10:00:05.000Z' });
      const [mail] = await messagesOf(sent.threadDocumentId);
      expect(mail).toMatchObject({ deliveryStatus: 'bounced' });
      expect(mail?.failureMessage).toMatch(
        /^It was not delivered to 2 recipients \(5\.1\.1, 4\.4\.7\): smtp; 550 x+$/
      );
      expect(mail?.failureMessage.length).toBeLessThan(300);
      expect(await row()).toMatchObject({ failureCode: 'BOUNCED', readAt: null });
    });

    test('c49: a delay is shown until the bounce comes, and no later; a bounce without a report is one', async () => {
      const { sent, notify } = await sentMail();
      const status = async () => (await messagesOf(sent.threadDocumentId))[0]?.deliveryStatus;
      await notify('bounce', [report({ action: 'delivered' })]);
      expect(await status()).toBe('sent');
      await notify('delay', [report({ action: 'delayed', status: '4.4.1' })]);
      expect(await status()).toBe('delayed');
      await notify('bounce', [], { text: `Sorry, I could not reach <${grace}>.` });
      expect(await status()).toBe('bounced');
      await notify('delay', [report({ action: 'delayed', status: '4.4.1' })]);
      expect(await status()).toBe('bounced');
      await ec.take(sent);
      expect(await status()).toBe('bounced');
    });

    test('c50: a receipt says when a mail was read, the first one; nothing happens to mail that came in', async () => {
      const { sent, notify, row } = await sentMail();
      await notify('receipt', [], { headers: { from: at(grace) } });
      expect(await row()).toMatchObject({ readAt: '2026-03-01T10:00:05.000Z', deliveryStatus: 'sent' });
      const messages = await messagesOf(sent.threadDocumentId);
      const incoming = messages.find(({ direction }) => direction === 'incoming');
      await notify('bounce', [report({})], { answers: incoming!.documentId });
      expect((await messagesOf(sent.threadDocumentId)).map(({ deliveryStatus }) => deliveryStatus)).toEqual([
        'sent',
        null,
        null,
      ]);
    });

    test.each([
      ['displayed', '', true],
      ['deleted', '', false],
      ['', '2.1.5', false],
    ])('c50: a receipt that says "%s" with status "%s"', async (diagnostic, status, isRead) => {
      const { notify, row } = await sentMail();
      await notify('receipt', [report({ action: 'delivered', status, diagnostic })]);
      expect((await row())?.readAt !== null).toBe(isRead);
    });

    const untouched = { deliveryStatus: 'sent', failureMessage: '', readAt: null };
    const mallory = 'mallory2@attacker.example';

    test.each<[string, NoticeKind, DeliveryReport[]]>([
      ['a bounce that names nobody', 'bounce', []],
      ['a bounce that names somebody else', 'bounce', [report({ address: mallory })]],
      ['a delay', 'delay', [report({ address: mallory, action: 'delayed', status: '4.4.1' })]],
      ['a receipt', 'receipt', []],
      [
        'a receipt of somebody else',
        'receipt',
        [report({ address: mallory, action: 'delivered', status: '', diagnostic: 'displayed' })],
      ],
    ])('S44: %s is shown, marked and changes nothing, for whoever knows the id', async (_, kind, reports) => {
      const { sent, notify, row } = await sentMail();
      const change = await notify(kind, reports, { headers: { from: at(mallory), returnPath: '<>' } });
      expect(change).toMatchObject({ bounces: false });
      expect(await row()).toMatchObject(untouched);
      const [, notice] = await messagesOf(sent.threadDocumentId);
      expect(notice).toMatchObject({
        notice: kind,
        marks: ['unproven'],
        answersDocumentId: sent.messageDocumentId,
      });
    });

    test('S44: a bounce that a person sent changes nothing', async () => {
      const { notify, row } = await sentMail();
      await notify('bounce', [report({})], { headers: { returnPath: `<${mallory}>` } });
      expect(await row()).toMatchObject(untouched);
    });

    test('S44: what comes after the answer of that recipient changes nothing, of another recipient it does', async () => {
      const { sent, reply, record, notify, row } = await sentMail();
      const later = { receivedAt: '2026-03-02T10:00:00.000Z' };
      await record(reply({ headers: { from: at('Grace@customer.example') } }));
      expect(await notify('bounce', [report({})], later)).toMatchObject({ bounces: false });
      await notify('receipt', [], { ...later, headers: { from: at(grace) } });
      expect(await row()).toMatchObject(untouched);
      const notices = (await messagesOf(sent.threadDocumentId)).slice(2);
      expect(notices.map(({ marks }) => marks)).toEqual([[], []]);
      expect(await notify('bounce', [report({}), report({ address: henry })], later)).toMatchObject({
        bounces: true,
      });
      expect(await row()).toMatchObject({ deliveryStatus: 'bounced' });
    });

    test.each<[string, Partial<MessageToRecord> & { headers: Partial<MessageHeaders> }]>([
      [
        'an answer to another mail',
        { headers: { from: at(grace), inReplyTo: [messageId('other@team.example')] } },
      ],
      ['an answer that came later', { receivedAt: '2026-03-03T10:00:00.000Z', headers: { from: at(grace) } }],
      ['an automatic answer', { notice: 'auto-reply', headers: { from: at(grace) } }],
      ['an answer of somebody else', { headers: { from: at('ida@customer.example') } }],
    ])('P6: a bounce counts in spite of %s', async (_, part) => {
      const { reply, record, notify, row } = await sentMail();
      await record(reply(part));
      await notify('bounce', [report({})], { receivedAt: '2026-03-02T10:00:00.000Z' });
      expect(await row()).toMatchObject({ deliveryStatus: 'bounced' });
    });

    test('S44: a program that writes References only has answered too', async () => {
      const { sent, reply, record, notify, row } = await sentMail();
      const evidence = {
        rung: 'references',
        confidence: 1,
        header: 'References',
        value: sent.messageId,
      } as const;
      await record(
        reply({ evidence, headers: { from: at(grace), inReplyTo: [], references: [sent.messageId] } })
      );
      await notify('bounce', [report({})]);
      expect(await row()).toMatchObject(untouched);
    });

    test('P2, S44: a notice that is read again changes nothing more', async () => {
      const { reply, record, sent, row } = await sentMail();
      const bounce = {
        ...reply({ notice: 'bounce', reports: [report({})] }),
        answersDocumentId: sent.messageDocumentId,
      };
      expect(await record(bounce)).toMatchObject({ bounces: true });
      const before = await row();
      expect(await record(bounce)).toBeUndefined();
      expect(await row()).toEqual(before);
    });

    test('c47: where a mail was found and what is particular about it are kept with it', async () => {
      const { connected, sent, reply } = await conversation({ participants: [grace] });
      const message = { ...reply({ isJunk: true }), answersDocumentId: sent.messageDocumentId };
      Object.assign(message.parsed, { marks: ['signed'] });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const [, recorded] = await messagesOf(sent.threadDocumentId);
      const row = await ec.strapi.db
        .query('plugin::email-connect.email-message')
        .findOne({ where: { documentId: recorded!.documentId } });
      expect(row).toMatchObject({
        isJunk: true,
        marks: ['signed'],
        answersDocumentId: sent.messageDocumentId,
      });
    });

    test('S14, c37: the id that a copy was seen under is an alias from then on', async () => {
      const { connected, sent } = await conversation();
      const { threadDocumentId, messageDocumentId } = sent;
      const alias = messageId(`rewritten-${sent.messageId}`);
      await ec.records.messages.recordPass(
        pass(connected, {
          sighted: [{ messageDocumentId, threadDocumentId, location: buildLocation(5), aliases: [alias] }],
        })
      );
      const { ids } = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ inReplyTo: [alias] }),
      ]);
      expect(ids.get(alias)).toEqual({ kind: 'alias', threadDocumentId, messageDocumentId });
    });
  });
};

recordsAlone(__filename, noticesTests);
