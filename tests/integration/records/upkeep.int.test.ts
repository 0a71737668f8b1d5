import type { Backfill } from '../../../src/plugins/email-connect/server/src/domain/sync/backfill';
import type { InboxRequest } from '../../../src/plugins/email-connect/server/src/ports';
import { buildLocation } from '../../support/build-message';
import { at, cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';
import { builtInContact } from './site';

const later = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
const evidence = { rung: 'subject', confidence: 0.75, header: 'Subject', value: '' } as const;

export const upkeepTests = (ec: StartedRecords): void => {
  const { connect, pass, conversation } = ec;

  describe('quarantine', () => {
    const entryAt = (imapUid: number, nextAt: Date | null) => ({
      location: buildLocation(imapUid),
      code: 'MESSAGE_UNREADABLE',
      detail: 'no',
      evidence: null,
      nextAt,
    });

    test('P1: what cannot be read is in quarantine once, counted, due in its time, until it is read or gone', async () => {
      const { connected, reply } = await conversation();
      const { documentId } = connected.inbox;
      await ec.records.messages.recordPass(
        pass(connected, { quarantined: [5, 6, 7].map((uid) => entryAt(uid, later(1))) })
      );
      expect(await ec.records.quarantine.listDue(documentId, 'INBOX', at, 9)).toEqual([]);
      expect(await ec.records.quarantine.listDue(documentId, 'INBOX', later(1), 2)).toHaveLength(2);
      await ec.records.messages.recordPass(
        pass(connected, {
          cursorBefore: cursor(10),
          quarantined: [entryAt(5, later(60))],
          logged: [{ message: reply(), location: buildLocation(6) }],
          lifted: [buildLocation(7)],
          at: later(2),
        })
      );
      expect(await ec.records.quarantine.list(documentId)).toEqual([
        {
          ...entryAt(5, null),
          attempts: 2,
          firstAt: at.toISOString(),
          lastAt: later(2).toISOString(),
          nextAt: later(60).toISOString(),
        },
      ]);
      expect(await ec.records.quarantine.countByFolder(documentId)).toEqual(new Map([['INBOX', 1]]));
      expect(await ec.records.quarantine.listDue(documentId, 'INBOX', later(59), 9)).toEqual([]);
      expect(await ec.records.quarantine.makeDue(documentId, buildLocation(5), later(3))).toBe(1);
      expect(await ec.records.quarantine.listDue(documentId, 'INBOX', later(3), 9)).toHaveLength(1);
    });

    test('S28: a held message is tried when a person asks, and never before; one of an earlier version at once', async () => {
      const connected = await connect();
      const { documentId } = connected.inbox;
      await ec.records.messages.recordPass(
        pass(connected, { quarantined: [entryAt(5, null), entryAt(6, null)] })
      );
      const held = await ec.records.quarantine.list(documentId);
      expect(held.map(({ nextAt }) => nextAt)).toEqual([null, null]);
      const inAThousandYears = new Date('3026-01-01T00:00:00.000Z');
      expect(await ec.records.quarantine.listDue(documentId, 'INBOX', inAThousandYears, 9)).toEqual([]);
      await ec.strapi.db
        .query('email-connect::quarantine')
        .updateMany({ where: { inboxDocumentId: documentId, imapUid: 6 }, data: { nextAt: null } });
      expect(await ec.records.quarantine.listDue(documentId, 'INBOX', at, 9)).toMatchObject([
        { location: buildLocation(6) },
      ]);
      expect(await ec.records.quarantine.makeDue(documentId, null, at)).toBe(2);
      expect(await ec.records.quarantine.listDue(documentId, 'INBOX', at, 9)).toHaveLength(2);
    });
  });

  describe('suggestions', () => {
    test('S21: a message is suggested once, not after it was dismissed, nor when it is recorded', async () => {
      const { connected, sent, reply } = await conversation();
      const { documentId } = connected.inbox;
      const { threadDocumentId } = sent;
      const suggestion = (uid: number) => ({ location: buildLocation(uid), threadDocumentId, evidence });
      await ec.records.messages.recordPass(
        pass(connected, {
          suggested: [5, 5, 6, 7].map(suggestion),
          logged: [{ message: reply(), location: buildLocation(7) }],
        })
      );
      expect(await ec.records.suggestions.list(documentId)).toEqual(
        [6, 5].map((uid) => ({ ...suggestion(uid), suggestedAt: at.toISOString() }))
      );
      await ec.records.suggestions.dismiss(documentId, buildLocation(5));
      await ec.records.messages.recordPass(
        pass(connected, {
          cursorBefore: cursor(10),
          suggested: [5, 7].map(suggestion),
          logged: [{ message: reply(), location: buildLocation(6) }],
        })
      );
      expect(await ec.records.suggestions.list(documentId)).toEqual([]);
    });
  });

  describe('requests', () => {
    test('P2: what people ask is done in order, once, by the holder of the lease only', async () => {
      const connected = await connect();
      const { documentId } = connected.inbox;
      const ask = (uid: number): Omit<InboxRequest, 'requestId' | 'attempts'> => ({
        inboxDocumentId: documentId,
        askedBy: 'admin',
        kind: 'log',
        location: buildLocation(uid),
        threadDocumentId: uid === 5 ? null : 'thread',
        contact: uid === 5 ? null : { contactType: builtInContact, documentId: 'nina' },
      });
      const [first, second] = [await ec.records.requests.add(ask(5)), await ec.records.requests.add(ask(6))];
      expect(await ec.records.requests.next(documentId)).toEqual({
        requestId: first,
        attempts: 0,
        ...ask(5),
      });
      expect(await ec.records.requests.outcome(first)).toBeNull();
      const outcome = { code: '', message: '', threadDocumentId: 'begun' };
      const stale = { ...connected.fence, token: connected.fence.token - 1 };
      await expect(ec.records.requests.finish(stale, first, outcome)).rejects.toMatchObject({
        code: 'LEASE_LOST',
      });
      await ec.records.requests.finish(connected.fence, first, outcome);
      const repeated = { code: 'MESSAGE_GONE', message: 'again', threadDocumentId: null };
      await ec.records.requests.finish(connected.fence, first, repeated);
      expect(await ec.records.requests.outcome(first)).toEqual(outcome);
      expect(await ec.records.requests.next(documentId)).toEqual({
        requestId: second,
        attempts: 0,
        ...ask(6),
      });
      await ec.records.requests.finish((await connect()).fence, second, outcome);
      expect(await ec.records.requests.outcome(second)).toBeNull();
      await ec.records.requests.finish(connected.fence, second, repeated);
      expect(await ec.records.requests.next(documentId)).toBeNull();
      expect(await ec.records.requests.outcome(second)).toEqual(repeated);
    });

    test('P1: an attempt is counted before it is made, and one that was tried less comes first', async () => {
      const { inbox, fence } = await connect();
      const ask = async (uid: number) => ({
        inboxDocumentId: inbox.documentId,
        askedBy: 'admin',
        kind: 'log' as const,
        location: buildLocation(uid),
        threadDocumentId: null,
        contact: null,
      });
      const first = await ec.records.requests.add(await ask(5));
      const second = await ec.records.requests.add(await ask(6));
      await ec.records.requests.begin(fence, first);
      expect(await ec.records.requests.next(inbox.documentId)).toMatchObject({ requestId: second });
      await ec.records.requests.begin(fence, second);
      await ec.records.requests.begin(fence, second);
      expect(await ec.records.requests.next(inbox.documentId)).toMatchObject({
        requestId: first,
        attempts: 1,
      });
      const stale = { ...fence, token: fence.token - 1 };
      await expect(ec.records.requests.begin(stale, first)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    });
  });

  describe('backfills', () => {
    const backfill: Backfill = {
      since: '2025-12-01T00:00:00.000Z',
      state: 'running',
      startedAt: at.toISOString(),
      endedAt: null,
      total: 100,
      scanned: 0,
      logged: 0,
      day: '2026-03-01',
      bytesToday: 0,
      dailyBytes: 5_000_000_000,
      folders: [{ folderPath: 'Ärger', uidValidity: '7', doneFromUid: 4_294_967_295 }],
    };

    test("S7: progress is kept, and a person's pause outlives the chunk that was under way", async () => {
      const { inbox, fence } = await connect();
      expect(await ec.records.backfills.load(inbox.documentId)).toBeNull();
      await ec.records.backfills.begin(inbox.documentId, backfill);
      expect(await ec.records.backfills.load(inbox.documentId)).toEqual(backfill);
      const progress = { ...backfill, scanned: 40, logged: 3, bytesToday: 3_000_000_000 };
      await ec.records.backfills.setState(inbox.documentId, 'paused', at);
      await ec.records.backfills.recordProgress(fence, progress);
      expect(await ec.records.backfills.load(inbox.documentId)).toEqual({ ...progress, state: 'paused' });
      await ec.records.backfills.setState(inbox.documentId, 'running', at);
      const done = { ...progress, state: 'done', scanned: 100, endedAt: later(5).toISOString() } as const;
      const stale = { ...fence, token: fence.token - 1 };
      await expect(ec.records.backfills.recordProgress(stale, done)).rejects.toMatchObject({
        code: 'LEASE_LOST',
      });
      await ec.records.backfills.recordProgress(fence, done);
      expect(await ec.records.backfills.load(inbox.documentId)).toEqual(done);
      await ec.records.backfills.setState(inbox.documentId, 'running', at);
      expect(await ec.records.backfills.load(inbox.documentId)).toEqual(done);
    });

    test('S52: of two people who ask for older mail at once, one is told that it is being read', async () => {
      const { inbox } = await connect();
      for (const state of ['cancelled', 'done'] as const) {
        const asked = ['2025-11-01T00:00:00.000Z', '2025-12-01T00:00:00.000Z'].map((since) => ({
          ...backfill,
          since,
        }));
        const began = await Promise.all(
          asked.map((one) => ec.records.backfills.begin(inbox.documentId, one))
        );
        expect([...began].sort()).toEqual([false, true]);
        expect(await ec.records.backfills.load(inbox.documentId)).toEqual(asked[began.indexOf(true)]);
        await ec.records.backfills.setState(inbox.documentId, 'paused', at);
        expect(await ec.records.backfills.begin(inbox.documentId, backfill)).toBe(false);
        await ec.records.backfills.setState(inbox.documentId, state, at);
      }
    });

    test('a new backfill takes the place of another, whose last chunk changes nothing of it', async () => {
      const { inbox, fence } = await connect();
      await ec.records.backfills.begin(inbox.documentId, backfill);
      await ec.records.backfills.setState(inbox.documentId, 'cancelled', later(1));
      expect(await ec.records.backfills.load(inbox.documentId)).toMatchObject({
        state: 'cancelled',
        endedAt: later(1).toISOString(),
      });
      const second = { ...backfill, startedAt: later(2).toISOString() };
      await ec.records.backfills.begin(inbox.documentId, second);
      await ec.records.backfills.recordProgress(fence, { ...backfill, scanned: 99 });
      expect(await ec.records.backfills.load(inbox.documentId)).toEqual(second);
    });
  });
};

recordsAlone(__filename, upkeepTests);
