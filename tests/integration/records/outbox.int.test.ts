import type { OutgoingStage } from '../../../src/plugins/email-connect/server/src/domain/outgoing/stage';
import {
  finalStages,
  unsentStages,
} from '../../../src/plugins/email-connect/server/src/domain/outgoing/stage';
import { transitionOf } from '../../../src/plugins/email-connect/server/src/domain/outgoing/transition';
import type { OutboxEntry, RecordedFacts } from '../../../src/plugins/email-connect/server/src/ports';
import { buildLocation, buildMessage, messageId } from '../../support/build-message';
import { at, recordsAlone } from './harness';
import type { StartedRecords } from './harness';
import { outboxOf } from './outbox-rows';

const receipt = { serverMessageId: null, response: '250 ok', refused: [] };
const failure = { code: 'CONNECTION_LOST', message: 'It broke.', nextStep: 'Wait.', detail: '' } as const;

export const outboxTests = (ec: StartedRecords): void => {
  const { unique, connect, addContact, mailFrom, queue, send, take, file, pass, count } = ec;
  const { messagesOf, conversation } = ec;
  const { move, rowOf, claimed } = outboxOf(ec);
  const outbox = () => ec.records.outbox;

  const stageOf = async ({ messageDocumentId }: OutboxEntry) =>
    (await outbox().load(messageDocumentId))?.stage;
  const shown = async ({ threadDocumentId }: OutboxEntry) => (await messagesOf(threadDocumentId))[0];

  describe('outbox: what is queued, due and recorded', () => {
    test('S14: a queued mail is recorded, found by its ids and due; after sending only its copy is due, then nothing', async () => {
      const { connected, contact, sent } = await conversation();
      const { documentId } = connected.inbox;
      expect(sent).toMatchObject({ stage: 'queued', attempts: 0, looks: 0, contacts: [contact] });
      expect(sent).toMatchObject({ isDoubted: false, claimId: null, failure: null });
      await expect(outbox().listDue(documentId)).resolves.toEqual([sent]);
      expect(await take(sent)).toBe(true);
      expect(await outbox().listDue(documentId)).toMatchObject([{ ...sent, stage: 'sent' }]);
      expect(await shown(sent)).toMatchObject({ deliveryStatus: 'sent', failureMessage: '' });
      expect(await file(sent)).toBe(true);
      await expect(outbox().listDue(documentId)).resolves.toEqual([]);
      await expect(outbox().listOpen(documentId)).resolves.toEqual([]);
      expect(await shown(sent)).toMatchObject({
        deliveryStatus: 'sent',
        origin: 'crm',
        direction: 'outgoing',
      });
    });

    test('S14: of what nobody knows, that which lies in a mailbox or came back has gone out', async () => {
      const { connected, sent } = await conversation();
      const evident = () => outbox().listEvident(connected.inbox.documentId);
      await move(sent, { stage: 'asked' });
      await expect(evident()).resolves.toEqual([]);
      const { messageDocumentId, threadDocumentId } = sent;
      const sighting = { messageDocumentId, threadDocumentId, location: buildLocation(9), aliases: [] };
      await ec.records.messages.recordPass(pass(connected, { sighted: [sighting] }));
      expect(await evident()).toMatchObject([{ outboxId: sent.outboxId, stage: 'asked' }]);
      await move(sent, { stage: 'queued' });
      await expect(evident()).resolves.toEqual([]);

      const other = await conversation();
      await move(other.sent, { stage: 'unknown' });
      await ec.strapi.db.query('plugin::email-connect.email-message').updateMany({
        where: { documentId: other.sent.messageDocumentId },
        data: { deliveryStatus: 'bounced' },
      });
      expect(await outbox().listEvident(other.connected.inbox.documentId)).toMatchObject([
        { outboxId: other.sent.outboxId },
      ]);
    });

    test('S51: a mail that could not be handed over waits, is told why, and a final refusal is never due again', async () => {
      const { connected, sent } = await conversation();
      const { documentId } = connected.inbox;
      const { entry, claimId } = await claimed(sent);
      const under = { kind: 'attempt', claimId } as const;
      const setback = {
        kind: 'not-taken',
        failure,
        attempts: 1,
        isDoubted: false,
        isAnswered: false,
      } as const;
      expect(await outbox().record(entry, transitionOf(setback), { under })).toBe(true);
      expect(await shown(sent)).toMatchObject({
        deliveryStatus: 'queued',
        failureMessage: 'It broke. Wait.',
      });
      await expect(outbox().listDue(documentId)).resolves.toEqual([]);
      await move(sent, { next_attempt_at: 0 });
      const [again] = await outbox().listDue(documentId);
      expect(again).toMatchObject({ stage: 'queued', attempts: 1, failure });
      const second = await claimed(again!);
      const refusal = {
        ...setback,
        failure: { ...failure, code: 'MESSAGE_REFUSED' },
        isAnswered: true,
      } as const;
      await outbox().record(second.entry, transitionOf(refusal), {
        under: { kind: 'attempt', claimId: second.claimId },
      });
      await move(sent, { claimed_until: 0 });
      await expect(outbox().listDue(documentId)).resolves.toEqual([]);
      expect(await stageOf(sent)).toBe('refused');
      expect(await outbox().claim(second.entry, claimOf())).toBeNull();
      expect(await shown(sent)).toMatchObject({ deliveryStatus: 'failed' });
    });

    test.each(unsentStages)('S51: the server’s yes is recorded from %s', async (stage) => {
      const { sent } = await conversation();
      await move(sent, { stage, claim_id: 'of somebody else', claimed_until: 8e12 });
      expect(await take(sent)).toBe(true);
      expect(await stageOf(sent)).toBe('sent');
      expect(await shown(sent)).toMatchObject({ deliveryStatus: 'sent', failureMessage: '' });
    });

    test.each(['sent', ...finalStages] satisfies OutgoingStage[])(
      'S51: a yes that comes again changes nothing of what is %s',
      async (stage) => {
        const { sent } = await conversation();
        await move(sent, { stage });
        const before = await rowOf(sent);
        expect(await take(sent)).toBe(false);
        expect(await rowOf(sent)).toEqual(before);
      }
    );

    test('S14: the id that the server put in place of ours leads to the mail', async () => {
      const { sent } = await conversation();
      const serverMessageId = messageId(`${unique('rewritten')}@prod.outlook.com`);
      await take(sent, { serverMessageId });
      expect(await rowOf(sent)).toMatchObject({ server_response: '250 ok' });
    });

    test('P6, S51: a bounce that was read before the yes was recorded stays what is shown, with its words', async () => {
      const address = 'grace@customer.example';
      const { connected, sent, reply } = await conversation({ bcc: [{ address, displayName: '' }] });
      const bounce = reply({
        notice: 'bounce',
        reports: [{ address, forwardedTo: '', action: 'failed', status: '5.1.1', diagnostic: 'Gone' }],
      });
      const message = { ...bounce, answersDocumentId: sent.messageDocumentId };
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const before = await shown(sent);
      expect(before).toMatchObject({ deliveryStatus: 'bounced' });
      expect(before?.failureMessage).toContain('Gone');
      await take(sent);
      expect(await shown(sent)).toEqual(before);
    });

    test('S8, S51: what is told of a copy hides neither refused recipients nor the mail being sent', async () => {
      const { sent } = await conversation();
      await outbox().record(sent, transitionOf({ kind: 'taken', refused: ['gone@customer.example'] }), {
        under: { kind: 'stage' },
        receipt,
      });
      const told = {
        deliveryStatus: 'sent',
        failureMessage: expect.stringContaining('gone@customer.example'),
      };
      expect(await shown(sent)).toMatchObject(told);
      const notFiled = transitionOf({ kind: 'not-filed', message: 'No room.', isKnown: true, tries: 1 });
      expect(await outbox().record(sent, notFiled, { under: { kind: 'stage' } })).toBe(true);
      expect(await shown(sent)).toMatchObject(told);
      await file(sent);
      expect(await shown(sent)).toMatchObject(told);
    });

    test('S8: what is told of a copy that is late is gone with the copy', async () => {
      const { sent } = await conversation();
      await take(sent);
      const notFiled = transitionOf({ kind: 'not-filed', message: 'No room.', isKnown: true, tries: 1 });
      await outbox().record(sent, notFiled, { under: { kind: 'stage' } });
      expect(await shown(sent)).toMatchObject({
        deliveryStatus: 'sent',
        failureMessage: expect.stringContaining('No room.'),
      });
      await file(sent);
      expect(await shown(sent)).toMatchObject({ deliveryStatus: 'sent', failureMessage: '' });
    });
  });

  describe('outbox: under which condition something is recorded (S51)', () => {
    const setback = transitionOf({
      kind: 'not-taken',
      failure,
      attempts: 1,
      isDoubted: false,
      isAnswered: false,
    });
    const recordUnder = (entry: OutboxEntry, under: RecordedFacts['under'], transition = setback) =>
      outbox().record(entry, transition, { under });

    test('by claim: only while it is the entry’s', async () => {
      const { sent } = await conversation();
      const { entry, claimId } = await claimed(sent);
      expect(await recordUnder(entry, { kind: 'claim', claimId: 'another' })).toBe(false);
      expect(await stageOf(sent)).toBe('submitting');
      expect(await recordUnder(entry, { kind: 'claim', claimId })).toBe(true);
      expect(await stageOf(sent)).toBe('queued');
    });

    test('by attempt: an earlier one says nothing once another was begun; a look for it is none', async () => {
      const { sent } = await conversation();
      const first = await claimed(sent);
      await move(sent, { stage: 'queued', claimed_until: 0 });
      const second = await claimed({ ...first.entry, stage: 'queued' });
      expect(await recordUnder(first.entry, { kind: 'attempt', claimId: first.claimId })).toBe(false);
      const unknown = transitionOf({ kind: 'claim-ran-out' });
      await move(sent, { claimed_until: 0 });
      expect(await recordUnder(second.entry, { kind: 'ran-out' }, unknown)).toBe(true);
      await outbox().claim({ ...second.entry, stage: 'unknown' }, claimOf('unknown'));
      const refusal = transitionOf({
        kind: 'not-taken',
        attempts: 2,
        isDoubted: false,
        isAnswered: true,
        failure: { ...failure, code: 'MESSAGE_REFUSED' },
      });
      expect(await recordUnder(second.entry, { kind: 'attempt', claimId: second.claimId }, refusal)).toBe(
        true
      );
      expect(await stageOf(sent)).toBe('refused');
    });

    test('by a claim that ran out: not while it lives, and not when another was begun since it was read', async () => {
      const { sent } = await conversation();
      const { entry } = await claimed(sent);
      const ranOut = transitionOf({ kind: 'claim-ran-out' });
      expect(await recordUnder(entry, { kind: 'ran-out' }, ranOut)).toBe(false);
      await move(sent, { claimed_until: 0 });
      expect(await recordUnder({ ...entry, claimId: 'as read before' }, { kind: 'ran-out' }, ranOut)).toBe(
        false
      );
      expect(await recordUnder(entry, { kind: 'ran-out' }, ranOut)).toBe(true);
      expect(await outbox().load(sent.messageDocumentId)).toMatchObject({
        stage: 'unknown',
        isDoubted: true,
      });
    });

    test('by stage: it must be one that the transition leads from', async () => {
      const { sent } = await conversation();
      const settled = transitionOf({ kind: 'settled', wentOut: false });
      expect(await recordUnder(sent, { kind: 'stage' }, settled)).toBe(false);
      await move(sent, { stage: 'asked' });
      expect(await recordUnder(sent, { kind: 'stage' }, settled)).toBe(true);
      expect(await stageOf(sent)).toBe('ended');
    });

    test('P2: of an answer of two people at once one is recorded', async () => {
      const { sent } = await conversation();
      await move(sent, { stage: 'asked' });
      const answers = [true, false, true, false].map((wentOut) =>
        recordUnder(sent, { kind: 'stage' }, transitionOf({ kind: 'settled', wentOut }))
      );
      expect((await Promise.all(answers)).filter(Boolean)).toHaveLength(1);
    });
  });

  describe('outbox: conversations', () => {
    test('an answer continues its thread, with the ids of all its mail, oldest first', async () => {
      const { connected, sent, reply } = await conversation();
      const message = reply();
      const {
        changes: [change],
      } = await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const { threadDocumentId } = sent;
      expect(await outbox().loadAnswered(change!.messageDocumentId)).toEqual({
        messageId: message.parsed.headers.messageId,
        threadDocumentId,
        stage: null,
      });
      expect(await outbox().loadAnswered(sent.messageDocumentId)).toMatchObject({ stage: 'queued' });
      const thread = await outbox().loadThread(threadDocumentId);
      expect(thread?.messageIds).toEqual([sent.messageId, message.parsed.headers.messageId]);
      const colleague = await addContact(`${unique('colleague')}@customer.example`);
      const entry = await queue({
        ...mailFrom(connected, colleague),
        thread: { kind: 'existing', documentId: threadDocumentId, contacts: [colleague] },
      });
      expect(entry.contacts).toContainEqual(colleague);
      expect(await messagesOf(threadDocumentId)).toHaveLength(3);
      expect(await outbox().loadThread('none')).toBeNull();
      expect(await outbox().loadAnswered('none')).toBeNull();
    });

    test('a mail that cannot be queued leaves nothing behind', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('x')}@customer.example`);
      const before = await count('plugin::email-connect.email-thread', {});
      const refused = send(connected, contact, {
        parsed: { ...buildMessage({ threadDocumentId: '', inboxDocumentId: '' }).parsed },
      });
      await expect(refused).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      expect(await count('plugin::email-connect.email-thread', {})).toBe(before);
      expect(await outbox().usesSource('ab/none')).toBe(false);
      const { sourceKey } = await send(connected, contact);
      expect(await outbox().usesSource(sourceKey)).toBe(true);
    });

    test('times of queueing are those of the caller', async () => {
      const { sent } = await conversation();
      expect(Number((await rowOf(sent)).queued_at)).toBe(at.getTime());
    });
  });
};

const claimOf = (to: OutgoingStage = 'submitting') => ({
  to,
  claimId: 'some other claim',
  claimMs: 60_000,
  putOffMs: 60_000,
});

recordsAlone(__filename, outboxTests);
