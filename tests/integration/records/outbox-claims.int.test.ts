import type { OutgoingStage } from '../../../src/plugins/email-connect/server/src/domain/outgoing/stage';
import { transitionOf } from '../../../src/plugins/email-connect/server/src/domain/outgoing/transition';
import type { OutboxEntry } from '../../../src/plugins/email-connect/server/src/ports';
import { recordsAlone } from './harness';
import type { StartedRecords } from './harness';
import { outboxOf } from './outbox-rows';

const CLAIM_MS = 60_000;
const PUT_OFF_MS = 300_000;

export const outboxClaimsTests = (ec: StartedRecords): void => {
  const { unique, connect, addContact, mailFrom, queue, send, take, conversation, count } = ec;
  const { move, rowOf, aheadMs, claimed } = outboxOf(ec);
  const outbox = () => ec.records.outbox;
  const claim = (entry: OutboxEntry, to: OutgoingStage = 'submitting', claimId = unique('claim')) =>
    outbox().claim(entry, { to, claimId, claimMs: CLAIM_MS, putOffMs: PUT_OFF_MS });

  describe('outbox: claims (S51, P2)', () => {
    test('one of five at once wins, is counted once and put off, and is due for nobody else', async () => {
      const { connected, sent } = await conversation();
      const claims = await Promise.all(Array.from({ length: 5 }, () => claim(sent)));
      const [won, ...others] = claims.filter((one) => one !== null);
      expect(others).toEqual([]);
      expect(won).toMatchObject({ stage: 'submitting', attempts: 1, looks: 0 });
      expect(await outbox().load(sent.messageDocumentId)).toEqual(won);
      const { documentId } = connected.inbox;
      await expect(outbox().listDue(documentId)).resolves.toEqual([]);
      // Its step may kill the process that takes it: then nobody takes it at once again.
      expect(await aheadMs(sent, 'next_attempt_at')).toBeGreaterThan(CLAIM_MS);
      await move(sent, { claimed_until: 0 });
      await expect(outbox().listDue(documentId)).resolves.toEqual([{ ...won }]);
    });

    test('who read it before somebody else had it in hand never wins', async () => {
      const { sent } = await conversation();
      const { entry } = await claimed(sent);
      await move(sent, { stage: 'queued', claimed_until: 0, next_attempt_at: 0 });
      expect(await claim(sent)).toBeNull();
      expect(await claim({ ...entry, claimId: 'another' })).toBeNull();
      expect(await claim(entry)).toBeNull();
      expect(await claim({ ...entry, stage: 'queued' })).toMatchObject({ attempts: 2 });
    });

    test('a mail that was sent meanwhile is not taken for one to submit', async () => {
      const { sent } = await conversation();
      await take(sent);
      expect(await claim(sent)).toBeNull();
      expect((await rowOf(sent)).attempts).toBe(0);
    });

    test('looks are counted, and begin anew with another submission', async () => {
      const { sent } = await conversation();
      await move(sent, { stage: 'unknown' });
      const looked = await claim({ ...sent, stage: 'unknown' }, 'unknown');
      expect(looked).toMatchObject({ stage: 'unknown', looks: 1, attempts: 0 });
      await move(sent, { stage: 'asked', claimed_until: 0 });
      const again = await claim({ ...looked!, stage: 'asked' });
      expect(again).toMatchObject({ stage: 'submitting', looks: 0, attempts: 1 });
      expect(await outbox().load(sent.messageDocumentId)).toEqual(again);
    });

    test.each([-600_000, 600_000])(
      'claim, renewal and what is due go by the database’s clock, not by that of a process %d ms off',
      async (offMs) => {
        const { connected, sent } = await conversation();
        jest.spyOn(Date, 'now').mockReturnValue(Date.now() + offMs);
        try {
          const claimId = unique('claim');
          await expect(outbox().listDue(connected.inbox.documentId)).resolves.toHaveLength(1);
          await claim(sent, 'submitting', claimId);
          expect(await aheadMs(sent, 'claimed_until')).toBeLessThanOrEqual(CLAIM_MS);
          expect(await aheadMs(sent, 'claimed_until')).toBeGreaterThan(0);
          await expect(outbox().listDue(connected.inbox.documentId)).resolves.toEqual([]);
          expect(await outbox().renew(sent.outboxId, claimId, 2 * CLAIM_MS)).toBe(true);
          expect(await aheadMs(sent, 'claimed_until')).toBeLessThanOrEqual(2 * CLAIM_MS);
          expect(await aheadMs(sent, 'claimed_until')).toBeGreaterThan(CLAIM_MS);
        } finally {
          jest.restoreAllMocks();
        }
      }
    );

    test('a claim whose answer was lost is asked for again, and is counted once', async () => {
      const { sent } = await conversation();
      const claimId = unique('claim');
      const first = await claim(sent, 'submitting', claimId);
      expect(await claim(sent, 'submitting', claimId)).toEqual(first);
      expect(await rowOf(sent)).toMatchObject({ attempts: 1 });
      await move(sent, { claimed_until: 0 });
      expect(await claim({ ...sent, stage: 'submitting' }, 'submitting', claimId)).toBeNull();
    });

    test('whose word it stands on stays known when its copy is filed', async () => {
      const { sent } = await conversation();
      const { entry, claimId } = await claimed(sent);
      const taken = transitionOf({ kind: 'taken', refused: [] });
      const facts = { under: { kind: 'stage' }, by: claimId } as const;
      expect(await outbox().record(entry, taken, facts)).toBe(true);
      const copy = await claimed({ ...entry, stage: 'sent' }, 'sent');
      const under = { kind: 'claim', claimId: copy.claimId } as const;
      const filed = transitionOf({ kind: 'filed' });
      expect(await outbox().record(copy.entry, filed, { under, by: copy.claimId, filed: 'found' })).toBe(
        true
      );
      const stored = await outbox().load(sent.messageDocumentId);
      expect(stored).toMatchObject({ stage: 'filed', recordedBy: claimId, claimId: copy.claimId });
    });

    test('a claim that ran out, is another’s or has come to its end is not renewed', async () => {
      const { sent } = await conversation();
      const { claimId } = await claimed(sent);
      expect(await outbox().renew(sent.outboxId, 'another', CLAIM_MS)).toBe(false);
      await move(sent, { claimed_until: 0 });
      expect(await outbox().renew(sent.outboxId, claimId, CLAIM_MS)).toBe(false);
      await move(sent, { claimed_until: 8e12, stage: 'asked' });
      expect(await outbox().renew(sent.outboxId, claimId, CLAIM_MS)).toBe(false);
    });
  });

  describe('outbox: presses (S51)', () => {
    const pressOf = (key: string, contentHash = 'h') => ({ senderDocumentId: 'uma', key, contentHash });

    test('two at once with one key make one mail; the other hears what that made', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('x')}@customer.example`);
      const key = unique('key');
      const before = await count('email-connect::outbox', {});
      const threads = await count('plugin::email-connect.email-thread', {});
      const both = await Promise.all(
        [1, 2].map(() => outbox().queue(mailFrom(connected, contact, {}, pressOf(key))))
      );
      const queued = both.flatMap((one) => (one.kind === 'queued' ? [one.entry] : []));
      const pressed = both.flatMap((one) => (one.kind === 'pressed-before' ? [one.pressed] : []));
      expect(queued).toHaveLength(1);
      const { messageDocumentId, threadDocumentId } = queued[0]!;
      expect(pressed).toEqual([{ contentHash: 'h', messageDocumentId, threadDocumentId }]);
      expect(await outbox().findPress(pressOf(key))).toEqual(pressed[0]);
      expect(await count('email-connect::outbox', {})).toBe(before + 1);
      expect(await count('plugin::email-connect.email-thread', {})).toBe(threads + 1);
    });

    test('a key belongs to one sender', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('x')}@customer.example`);
      const key = unique('key');
      await queue(mailFrom(connected, contact, {}, pressOf(key)));
      expect(await outbox().findPress({ senderDocumentId: 'otto', key })).toBeNull();
      expect(
        await outbox().queue(mailFrom(connected, contact, {}, { ...pressOf(key), senderDocumentId: 'otto' }))
      ).toMatchObject({ kind: 'queued' });
    });
  });

  describe('outbox: what is due, and what the page says of it', () => {
    test('the nearest step of an inbox, in ms; nothing planned is null', async () => {
      const { connected, contact, sent } = await started();
      const { documentId } = connected.inbox;
      expect(await outbox().nextDueInMs(documentId)).toBe(0);
      const { entry } = await claimed(sent);
      const inHand = await outbox().nextDueInMs(documentId);
      expect(inHand).toBeGreaterThan(0);
      expect(inHand).toBeLessThanOrEqual(CLAIM_MS);
      await send(connected, contact);
      expect(await outbox().nextDueInMs(documentId)).toBe(0);
      for (const one of await outbox().listOpen(documentId)) await move(one, { stage: 'asked' });
      expect(await outbox().nextDueInMs(documentId)).toBeNull();
      expect(await outbox().nextDueInMs('none')).toBeNull();
      await move(entry, { stage: 'queued', claimed_until: 0, next_attempt_at: 0, not_before: 8e12 });
      expect(await outbox().nextDueInMs(documentId)).toBeGreaterThan(CLAIM_MS);
      await expect(outbox().listDue(documentId)).resolves.toEqual([]);
    });

    test('inboxes of which something is due, in any state of theirs', async () => {
      const { connected, sent } = await started();
      const { documentId } = connected.inbox;
      await expect(outbox().listInboxesDue()).resolves.toContain(documentId);
      const { entry } = await claimed(sent);
      await expect(outbox().listInboxesDue()).resolves.not.toContain(documentId);
      await move(entry, { claimed_until: 0 });
      await expect(outbox().listInboxesDue()).resolves.toContain(documentId);
    });

    test('counts what waits, the newest failure of it, and nothing that is done', async () => {
      const { connected, contact } = await started();
      const { documentId } = connected.inbox;
      const stages: OutgoingStage[] = ['submitting', 'held', 'unknown', 'asked', 'sent', 'filed', 'refused'];
      for (const stage of stages) {
        const entry = await send(connected, contact);
        await move(entry, { stage, error_message: `told of ${stage}` });
      }
      for (const words of ['the older', 'the newer']) {
        await move(await send(connected, contact), { error_code: 'CONNECTION_LOST', error_message: words });
      }
      expect(await outbox().summary(documentId)).toEqual({
        queued: 4,
        held: 1,
        unknown: 1,
        asked: 1,
        unfiled: 1,
        lastFailure: 'the newer',
        waitingSince: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      });
      expect(await outbox().listOpen(documentId)).toHaveLength(8);
    });

    const started = async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('x')}@customer.example`);
      return { connected, contact, sent: await send(connected, contact) };
    };
  });

  describe('outbox: erasing (S21, S51)', () => {
    const ways = {
      'un-log': ({ threadDocumentId }: OutboxEntry) => ec.records.upkeep.unlog(threadDocumentId, new Date()),
      remove: ({ messageDocumentId }: OutboxEntry) =>
        ec.records.upkeep.removeMessage(messageDocumentId, new Date()),
    };
    const rowsOf = ({ messageDocumentId }: OutboxEntry) =>
      count('email-connect::outbox', { messageDocumentId });

    /** As the sweep asks, which deletes what nobody uses. */
    const isUsed = async ({ sourceKey: storageKey }: OutboxEntry): Promise<boolean> =>
      (await ec.records.files.used([{ storageKey, sha256: storageKey.replace('/', '') }])).has(storageKey);

    describe.each(Object.entries(ways))('%s', (_way, erase) => {
      test.each(['queued', 'held', 'unknown', 'asked', 'refused'] satisfies OutgoingStage[])(
        'ends what is %s, and its bytes are nobody’s',
        async (stage) => {
          const { sent } = await conversation();
          await move(sent, { stage });
          await erase(sent);
          expect(await rowsOf(sent)).toBe(0);
          expect(await isUsed(sent)).toBe(false);
          expect(await claim({ ...sent, stage })).toBeNull();
          expect(await take({ ...sent, stage })).toBe(false);
        }
      );

      test('waits for what is in hand this moment, and no longer than its claim', async () => {
        const { sent } = await conversation();
        const { entry } = await claimed(sent);
        await expect(erase(sent)).rejects.toMatchObject({ code: 'MESSAGE_UNDER_WAY' });
        expect(await ec.messagesOf(sent.threadDocumentId)).toHaveLength(1);
        await move(sent, { claimed_until: 0 });
        await erase(sent);
        expect(await rowsOf(sent)).toBe(0);
        expect(await isUsed(sent)).toBe(false);
        expect(await take(entry)).toBe(false);
      });

      test('keeps what is sent until its copy is filed, then nothing of it', async () => {
        const { connected, sent } = await conversation();
        await take(sent);
        await erase(sent);
        expect(await isUsed(sent)).toBe(true);
        const [due] = await outbox().listDue(connected.inbox.documentId);
        expect(due).toMatchObject({ outboxId: sent.outboxId, stage: 'sent' });
        await ec.file(due!);
        expect(await rowsOf(sent)).toBe(0);
        expect(await isUsed(sent)).toBe(false);
      });
    });
  });
};

recordsAlone(__filename, outboxClaimsTests);
