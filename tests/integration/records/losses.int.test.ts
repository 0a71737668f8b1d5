import type { GoneMessage } from '../../../src/plugins/email-connect/server/src/domain/sync/gone';
import { buildCandidate, buildLocation } from '../../support/build-message';
import { at, cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';

const DAY_MS = 24 * 3_600_000;

/** What reading could lose, and what must not stay for ever. */
export const lossTests = (ec: StartedRecords): void => {
  const { connect, pass, conversation, unique } = ec;
  const raw = (table: string) => ec.strapi.db.getConnection(table);

  const folderAt = async ({ inbox }: Awaited<ReturnType<typeof connect>>) =>
    (await ec.records.folders.list(inbox.documentId))[0];

  describe('losses', () => {
    test('P1: where the connection was lost is kept with the folder, by the holder of the lease, until a pass is past it', async () => {
      const connected = await connect();
      const suspect = { imapUid: buildLocation(4_294_967_295).imapUid, losses: 2 };
      const stale = { ...connected.fence, token: connected.fence.token - 1 };
      await expect(ec.records.folders.recordSuspect(stale, 'INBOX', suspect)).rejects.toMatchObject({
        code: 'LEASE_LOST',
      });
      await ec.records.folders.recordSuspect(connected.fence, 'INBOX', suspect);
      expect((await folderAt(connected))?.memory.suspect).toEqual(suspect);
      await ec.records.messages.recordPass(pass(connected, {}));
      expect((await folderAt(connected))?.memory.suspect).toBeNull();
    });

    test('P1: who takes a lease that was not given back is told so', async () => {
      const { fence } = await connect();
      const { inboxDocumentId } = fence;
      await raw('email_connect_leases')
        .where({ inbox_document_id: inboxDocumentId })
        .update({ expires_at: 1 });
      const next = await ec.records.leases.acquire(inboxDocumentId, 'another', 60_000);
      expect(next).toMatchObject({ isAfterCrash: true });
      if (next) await ec.records.leases.release(next);
      expect(await ec.records.leases.acquire(inboxDocumentId, 'a third', 60_000)).toMatchObject({
        isAfterCrash: false,
      });
    });

    test('S48: each message is told by what became of it', async () => {
      const { connected, sent, reply } = await conversation();
      const [kept, removed, late] = [reply(), reply(), reply()];
      await ec.records.messages.recordPass(
        pass(connected, {
          logged: [
            { message: kept, location: buildLocation(1) },
            { message: removed, location: buildLocation(2) },
          ],
        })
      );
      const last = (await ec.messagesOf(sent.threadDocumentId)).at(-1)?.documentId ?? '';
      await ec.records.upkeep.removeMessage(last, at);
      const again = pass(connected, {
        cursorBefore: cursor(10),
        logged: [kept, removed, late].map((message, i) => ({ message, location: buildLocation(i + 20) })),
      });
      const { logged } = await ec.records.messages.recordPass(again);
      expect(logged.map(({ kind }) => kind).sort()).toEqual(['not-written', 'recorded', 'was-there']);
      await ec.records.upkeep.unlog(sent.threadDocumentId, at);
      const after = pass(connected, {
        cursorBefore: cursor(10),
        logged: [{ message: reply(), location: buildLocation(30) }],
      });
      expect((await ec.records.messages.recordPass(after)).logged).toEqual([
        { kind: 'not-written', reason: 'thread-unlogged' },
      ]);
    });

    const goneOf = (threadDocumentId: string, canary: string): GoneMessage => ({
      candidate: buildCandidate({ subject: canary }),
      verdict: {
        kind: 'log',
        threadDocumentId,
        begins: null,
        origin: 'reply',
        direction: 'incoming',
        notice: null,
        answersDocumentId: null,
        evidence: { rung: 'references', confidence: 1, header: 'References', value: '' },
      },
    });

    test('c10: what is left of a message that is gone waits in quarantine, and leaves it when it is recorded', async () => {
      const { connected, sent, reply } = await conversation();
      const { documentId } = connected.inbox;
      const gone = goneOf(sent.threadDocumentId, unique('left'));
      const entry = { location: buildLocation(7), code: 'MESSAGE_GONE', detail: 'gone', gone, nextAt: at };
      await ec.records.messages.recordPass(
        pass(connected, { quarantined: [{ ...entry, evidence: gone.verdict.evidence }] })
      );
      expect(await ec.records.quarantine.list(documentId)).toMatchObject([
        { code: 'MESSAGE_GONE', gone, evidence: gone.verdict.evidence },
      ]);
      await ec.records.messages.recordPass(
        pass(connected, {
          cursorBefore: cursor(10),
          logged: [{ message: reply(), location: null, goneFrom: buildLocation(7) }],
        })
      );
      expect(await ec.records.quarantine.list(documentId)).toEqual([]);
    });

    test('S21: nothing is left of it when its conversation is un-logged', async () => {
      const { connected, sent } = await conversation();
      const canary = unique('canary');
      const gone = goneOf(sent.threadDocumentId, canary);
      const entry = { location: buildLocation(7), code: 'MESSAGE_GONE', detail: 'gone', gone, nextAt: at };
      await ec.records.messages.recordPass(pass(connected, { quarantined: [{ ...entry, evidence: null }] }));
      await ec.records.upkeep.unlog(sent.threadDocumentId, at);
      expect(JSON.stringify(await raw('email_connect_quarantine').select())).not.toContain(canary);
    });

    test('S31: answered requests, finished mail and old audit are removed after their time, by the database clock; the mail stays', async () => {
      const { connected, contact, sent } = await conversation();
      const { documentId } = connected.inbox;
      const ask = () =>
        ec.records.requests.add({
          inboxDocumentId: documentId,
          askedBy: 'admin',
          kind: 'log',
          threadDocumentId: null,
          contact: null,
          location: buildLocation(5),
        });
      const [answered, open] = [await ask(), await ask()];
      await ec.records.requests.finish(connected.fence, answered, {
        code: '',
        message: '',
        threadDocumentId: null,
      });
      const requests = () => raw('email_connect_requests').where({ inbox_document_id: documentId });
      const outbox = () => raw('email_connect_outbox').where({ inbox_document_id: documentId });
      const rows = await requests().orderBy('id');
      expect(
        rows.map((row: { asked_at: unknown }) => Math.abs(Number(row.asked_at) - Date.now()) < DAY_MS)
      ).toEqual([true, true]);
      const ages = { requests: 30 * DAY_MS, outbox: 90 * DAY_MS, audit: 730 * DAY_MS };
      await ec.records.pruning.prune(ages, 1_000);
      expect(await requests()).toHaveLength(2);
      await requests().update({ asked_at: 1 });
      await requests().whereNotNull('ended_at').update({ ended_at: 1 });
      await outbox().update({ queued_at: 1 });
      const standing = await outbox();
      await ec.records.pruning.prune(ages, 1_000);
      expect((await requests()).map((row: { id: number }) => row.id)).toEqual([open]);
      const finals = ['filed', 'refused', 'cancelled', 'ended'];
      expect(await outbox()).toHaveLength(
        standing.filter((row: { stage: string }) => !finals.includes(row.stage)).length
      );
      await outbox().update({ stage: 'filed' });
      await ec.records.pruning.prune(ages, 1_000);
      expect(await outbox()).toEqual([]);
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({ messageCount: 1 });
      expect((await ec.records.threads.listOfContact(contact, { start: 0, limit: 9 })).total).toBe(1);
    });
  });
};

recordsAlone(__filename, lossTests);
