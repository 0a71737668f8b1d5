import type {
  DeliveryReport,
  NoticeKind,
} from '../../../src/plugins/email-connect/server/src/domain/message/message';
import { buildCandidate, buildLocation, messageId } from '../../support/build-message';
import { cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';

const report = (change: Partial<DeliveryReport>): DeliveryReport => ({
  address: 'grace@customer.example',
  action: 'failed',
  status: '5.1.1',
  diagnostic: 'smtp; 550 5.1.1 User unknown',
  ...change,
});

export const noticesTests = (ec: StartedRecords): void => {
  const { pass, messagesOf, conversation } = ec;

  /** A sent mail, and a way to record notices about it one after another. */
  const sentMail = async () => {
    const { connected, sent, reply } = await conversation();
    await ec.take(sent);
    let seen = 0;
    const notify = async (
      notice: NoticeKind,
      reports: DeliveryReport[],
      answers = sent.messageDocumentId
    ) => {
      const message = { ...reply({ notice, reports }), answersDocumentId: answers };
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
    const row = () =>
      ec.strapi.db
        .query('plugin::email-connect.email-message')
        .findOne({ where: { documentId: sent.messageDocumentId } });
    return { connected, sent, reply, notify, row };
  };

  describe('notices', () => {
    test('P6, c49: a bounce is shown on the mail it is about, with status and what the server said', async () => {
      const { sent, notify, row } = await sentMail();
      const change = await notify('bounce', [
        report({ diagnostic: `smtp; 550\n ${'x'.repeat(1_000)}` }),
        report({ address: 'b@x', status: '4.4.7' }),
        report({ address: 'c@x', action: 'delivered', status: '2.0.0' }),
      ]);
      expect(change).toMatchObject({ notice: 'bounce', receivedAt: '2026-03-01T10:00:05.000Z' });
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
      await notify('bounce', []);
      expect(await status()).toBe('bounced');
      await notify('delay', [report({ action: 'delayed', status: '4.4.1' })]);
      expect(await status()).toBe('bounced');
      await ec.take(sent);
      expect(await status()).toBe('bounced');
    });

    test('c50: a receipt says when a mail was read, the first one; nothing happens to mail that came in', async () => {
      const { sent, notify, row } = await sentMail();
      await notify('receipt', []);
      expect(await row()).toMatchObject({ readAt: '2026-03-01T10:00:05.000Z', deliveryStatus: 'sent' });
      const messages = await messagesOf(sent.threadDocumentId);
      const incoming = messages.find(({ direction }) => direction === 'incoming');
      await notify('bounce', [report({})], incoming!.documentId);
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

    test('c47: where a mail was found and what is particular about it are kept with it', async () => {
      const { connected, sent, reply } = await conversation();
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
