import {
  outgoingStages,
  toldOf,
  unsentStages,
} from '../../../src/plugins/email-connect/server/src/domain/outgoing/stage';
import type { OutgoingStage } from '../../../src/plugins/email-connect/server/src/domain/outgoing/stage';
import { transitionOf } from '../../../src/plugins/email-connect/server/src/domain/outgoing/transition';
import { buildLocation } from '../../support/build-message';
import { recordsAlone } from './harness';
import type { StartedRecords } from './harness';
import { outboxOf } from './outbox-rows';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

export const outboxAttentionTests = (ec: StartedRecords): void => {
  const { unique, connect, addContact, send, pass, conversation, messagesOf, statementsOf } = ec;
  const { move, queuedAgo } = outboxOf(ec);
  const listed = (inboxDocumentId: string) => ec.records.outbox.listAttention(inboxDocumentId);

  /** Mails of one inbox, written an hour after another in these stages; the last one is the newest. */
  const mailsIn = async (stages: readonly OutgoingStage[], ageMs = 0) => {
    const connected = await connect();
    const contact = await addContact(`${unique('grace')}@customer.example`);
    const entries = [];
    for (const [index, stage] of stages.entries()) {
      const entry = await send(connected, contact);
      await move(entry, { stage });
      await queuedAgo(entry, ageMs + (stages.length - index) * HOUR_MS);
      entries.push(entry);
    }
    return { inboxDocumentId: connected.inbox.documentId, entries };
  };

  describe('outbox: what the owner of an inbox is shown of it', () => {
    test('S4, S51: all that is not out for certain and what was refused, newest first, told as on the message', async () => {
      const { inboxDocumentId, entries } = await mailsIn(outgoingStages);
      const shown = [...unsentStages, 'refused'];
      expect(
        (await listed(inboxDocumentId)).map(({ messageDocumentId, deliveryStatus }) => ({
          messageDocumentId,
          deliveryStatus,
        }))
      ).toEqual(
        outgoingStages
          .map((stage, index) => ({ stage, messageDocumentId: entries[index]?.messageDocumentId }))
          .filter(({ stage }) => shown.includes(stage))
          .map(({ stage, messageDocumentId }) => ({ messageDocumentId, deliveryStatus: toldOf(stage) }))
          .reverse()
      );
    });

    test('S4: with what it is about, to whom, why and since when; of no other inbox', async () => {
      const { connected, sent } = await conversation();
      await conversation();
      const [message] = await messagesOf(sent.threadDocumentId);
      const failure = {
        code: 'CONNECTION_LOST',
        message: 'It broke.',
        nextStep: 'Wait.',
        detail: '',
      } as const;
      const setback = {
        kind: 'not-taken',
        failure,
        attempts: 1,
        isDoubted: false,
        isAnswered: false,
      } as const;
      await move(sent, { stage: 'submitting' });
      await ec.records.outbox.record(sent, transitionOf(setback), { under: { kind: 'stage' } });
      await move(sent, { queued_at: Date.parse('2026-03-01T12:00:00.000Z') });
      expect(await listed(connected.inbox.documentId)).toEqual([
        {
          messageDocumentId: sent.messageDocumentId,
          threadDocumentId: sent.threadDocumentId,
          subject: 'Offer',
          to: message?.to,
          deliveryStatus: 'queued',
          failureMessage: 'It broke. Wait.',
          queuedAt: '2026-03-01T12:00:00.000Z',
        },
      ]);
    });

    test('a refusal is shown for seven days by the database’s clock, what is open for as long as it is', async () => {
      const old = await mailsIn(['refused', ...unsentStages], WEEK_MS);
      expect((await listed(old.inboxDocumentId)).map(({ deliveryStatus }) => deliveryStatus)).toEqual(
        unsentStages.map(toldOf).reverse()
      );
      const recent = await mailsIn(['refused'], WEEK_MS - 2 * HOUR_MS);
      expect(await listed(recent.inboxDocumentId)).toHaveLength(1);
    });

    test('S4: 50 at most, and no number of refusals hides one that is held; in two statements', async () => {
      const { inboxDocumentId, entries } = await mailsIn([
        'held',
        ...Array.from({ length: 51 }, () => 'refused' as const),
      ]);
      const mails = await listed(inboxDocumentId);
      expect(mails).toHaveLength(50);
      expect(mails.at(-1)).toMatchObject({
        messageDocumentId: entries[0]?.messageDocumentId,
        deliveryStatus: 'held',
      });
      expect(await statementsOf(() => listed(inboxDocumentId))).toBe(2);
    });

    test('S21: nothing of a mail whose message is not here any more', async () => {
      const { connected, sent } = await conversation();
      await move(sent, { message_document_id: 'removed' });
      expect(await listed(connected.inbox.documentId)).toEqual([]);
    });
  });

  test('S4: a message says from which inbox it was written; null for what was not written here', async () => {
    const { connected, sent, reply } = await conversation();
    await ec.records.messages.recordPass(
      pass(connected, { logged: [{ message: reply(), location: buildLocation(5) }] })
    );
    expect(
      (await messagesOf(sent.threadDocumentId)).map(({ direction, inboxDocumentId }) => ({
        direction,
        inboxDocumentId,
      }))
    ).toEqual([
      { direction: 'outgoing', inboxDocumentId: connected.inbox.documentId },
      { direction: 'incoming', inboxDocumentId: null },
    ]);
  });
};

recordsAlone(__filename, outboxAttentionTests);
