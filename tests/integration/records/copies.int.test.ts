import { sees, sightOf } from '../../../src/plugins/email-connect/server/src/domain/access/sight';
import { copiesAreCompared } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/0012-copies-are-compared';
import { inTransaction } from '../../../src/plugins/email-connect/server/src/adapters/records/base/transaction';
import type { CopyToCompare } from '../../../src/plugins/email-connect/server/src/ports';
import { buildAttachment, buildLocation } from '../../support/build-message';
import { cursor, recordsAlone } from './harness';
import type { Connected, StartedRecords } from './harness';

const HOUR_MS = 3_600_000;

/** Copies of recorded mail in inboxes that are not named on it. */
export const copiesTests = (ec: StartedRecords): void => {
  const table = () => ec.strapi.db.connection('email_connect_locations');

  /** A mail to Ada with a file is recorded; nothing in it names Vic. */
  const logged = async () => {
    const started = await ec.conversation();
    const message = started.reply({ text: 'Yes.', attachments: [buildAttachment()] });
    const { changes } = await ec.records.messages.recordPass(
      ec.pass(started.connected, { logged: [{ message, location: buildLocation(5) }] })
    );
    const messageDocumentId = changes[0]?.messageDocumentId ?? '';
    const { threadDocumentId } = started.sent;
    const uids = new Map<string, number>();
    /** A copy of it is seen in an inbox. */
    const sight = async (inbox: Connected, imapUid: number, folderPath = 'INBOX') => {
      const { documentId } = inbox.inbox;
      const before = uids.get(documentId);
      uids.set(documentId, imapUid);
      const location = buildLocation(imapUid, { folderPath });
      await ec.records.messages.recordPass(
        ec.pass(inbox, {
          cursorBefore: before === undefined ? null : cursor(before),
          cursorAfter: cursor(imapUid),
          sighted: [{ messageDocumentId, threadDocumentId, location, aliases: [] }],
        })
      );
    };
    return { ...started, message, messageDocumentId, threadDocumentId, sight };
  };
  const dueIn = ({ inbox }: Connected) => ec.records.copies.listDue(inbox.documentId, 9);
  const onlyOne = async (inbox: Connected): Promise<CopyToCompare> => {
    const [copy, ...more] = await dueIn(inbox);
    if (!copy || more.length > 0) throw new Error('One copy was to be due.');
    return copy;
  };
  const isSeenBy = async ({ inbox }: Connected, messageDocumentId: string): Promise<boolean> => {
    const seen = await ec.records.access.message(messageDocumentId, '');
    if (!seen) throw new Error('The message is gone.');
    const caller = { userDocumentId: '', managesAll: false, readsAll: false, readable: [] };
    return sees(
      sightOf({ carriers: [], records: [] }, { ...caller, inboxDocumentIds: [inbox.documentId] }),
      seen
    );
  };
  const holdingsOf = (
    messageDocumentId: string
  ): Promise<{ inbox: string; holds: number; decides: number }[]> =>
    ec.strapi.db
      .connection('email_connect_holdings as h')
      .join('email_connect_messages as m', 'm.id', 'h.message_id')
      .where('m.document_id', messageDocumentId)
      .orderBy('h.id')
      .select('h.inbox_document_id as inbox', 'h.holds', 'h.decides');

  describe('S41: copies in inboxes that are not named on the mail', () => {
    test('are due where they are found, with what is recorded', async () => {
      const { connected, messageDocumentId, threadDocumentId, message, sight } = await logged();
      const vic = await ec.connect();
      await sight(vic, 3);
      const { size, sha256, disposition } = buildAttachment();
      expect(await dueIn(vic)).toEqual([
        {
          messageDocumentId,
          threadDocumentId,
          messageId: message.parsed.headers.messageId,
          origin: 'reply',
          size: message.size,
          locations: [buildLocation(3)],
          isHeld: false,
          isWaitingForFiles: false,
          content: { text: 'Yes.', html: '', files: [{ size, sha256, disposition }] },
          tries: 0,
        },
      ]);
      expect(await dueIn(connected)).toEqual([]);
    });

    test('w49: are not due where the address is on the mail: nothing has to be read for that', async () => {
      const started = await ec.conversation();
      const vic = await ec.connect();
      const to = [{ address: vic.inbox.address, displayName: '' }];
      const message = started.reply({ headers: { to } });
      const { changes } = await ec.records.messages.recordPass(
        ec.pass(started.connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const messageDocumentId = changes[0]?.messageDocumentId ?? '';
      const { threadDocumentId } = started.sent;
      const sighting = { messageDocumentId, threadDocumentId, location: buildLocation(3), aliases: [] };
      await ec.records.messages.recordPass(ec.pass(vic, { cursorAfter: cursor(3), sighted: [sighting] }));
      expect(await isSeenBy(vic, messageDocumentId)).toBe(true);
      expect(await dueIn(vic)).toEqual([]);
    });

    test('w80: a true one gives its inbox the mail, and no say', async () => {
      const { connected, messageDocumentId, sight } = await logged();
      const vic = await ec.connect();
      await sight(vic, 3);
      expect(await isSeenBy(vic, messageDocumentId)).toBe(false);
      const before = await holdingsOf(messageDocumentId);
      const copy = await onlyOne(vic);
      expect(await ec.records.copies.plan(vic.fence, copy, HOUR_MS)).toBe(true);
      expect(await ec.records.copies.settle(vic.fence, copy, true)).toBe(true);
      expect(await isSeenBy(vic, messageDocumentId)).toBe(true);
      const after = await holdingsOf(messageDocumentId);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after.slice(before.length).map((row) => [row.inbox, !!row.holds, !!row.decides])).toEqual([
        [vic.inbox.documentId, true, false],
      ]);
      expect(await ec.records.copies.settle(vic.fence, copy, true)).toBe(false);
      expect(await holdingsOf(messageDocumentId)).toHaveLength(after.length);
      expect(await isSeenBy(connected, messageDocumentId)).toBe(true);
    });

    test('w81: another one gives nothing, and is not asked for again; one that is found later is', async () => {
      const { messageDocumentId, sight } = await logged();
      const vic = await ec.connect();
      await sight(vic, 3);
      const copy = await onlyOne(vic);
      await ec.records.copies.plan(vic.fence, copy, 0);
      expect(await ec.records.copies.settle(vic.fence, copy, false)).toBe(false);
      expect(await isSeenBy(vic, messageDocumentId)).toBe(false);
      expect(await dueIn(vic)).toEqual([]);
      await sight(vic, 3);
      expect(await dueIn(vic)).toEqual([]);
      await sight(vic, 4, 'Archive');
      expect(await onlyOne(vic)).toMatchObject({
        locations: [buildLocation(4, { folderPath: 'Archive' })],
        tries: 1,
      });
    });

    test('P2: are taken by one process, and come back when it fails, unless it was the last try', async () => {
      const { messageDocumentId, sight } = await logged();
      const vic = await ec.connect();
      await sight(vic, 3);
      const copy = await onlyOne(vic);
      const plan = (waitMs: number | null) => ec.records.copies.plan(vic.fence, copy, waitMs);
      expect([await plan(HOUR_MS), await plan(HOUR_MS)]).toEqual([true, false]);
      expect(await dueIn(vic)).toEqual([]);
      await table()
        .where({ message_document_id: messageDocumentId })
        .whereNotNull('compare_at')
        .update({ compare_at: 1 });
      expect(await onlyOne(vic)).toMatchObject({ tries: 1 });
      expect(await plan(null)).toBe(true);
      expect(await dueIn(vic)).toEqual([]);
      expect(await ec.records.copies.settle(vic.fence, copy, true)).toBe(true);
    });

    test('P2: are neither taken nor settled by a process that lost the inbox', async () => {
      const { messageDocumentId, sight } = await logged();
      const vic = await ec.connect();
      await sight(vic, 3);
      const copy = await onlyOne(vic);
      const stale = { ...vic.fence, token: vic.fence.token - 1 };
      const lost = { code: 'LEASE_LOST' };
      await expect(ec.records.copies.plan(stale, copy, HOUR_MS)).rejects.toMatchObject(lost);
      await expect(ec.records.copies.settle(stale, copy, true)).rejects.toMatchObject(lost);
      expect(await isSeenBy(vic, messageDocumentId)).toBe(false);
      expect(await dueIn(vic)).toHaveLength(1);
    });

    test('of one mail are compared one after the other', async () => {
      const { sight } = await logged();
      const vic = await ec.connect();
      for (const imapUid of [3, 4]) await sight(vic, imapUid);
      const first = await onlyOne(vic);
      await ec.records.copies.plan(vic.fence, first, HOUR_MS);
      await ec.records.copies.settle(vic.fence, first, false);
      const second = await onlyOne(vic);
      expect([first, second].map(({ locations }) => locations[0]?.imapUid).sort()).toEqual([3, 4]);
      expect(second.tries).toBe(1);
    });

    test('need no comparing once the inbox holds the mail', async () => {
      const { sight } = await logged();
      const vic = await ec.connect();
      for (const imapUid of [3, 4]) await sight(vic, imapUid);
      const first = await onlyOne(vic);
      await ec.records.copies.plan(vic.fence, first, HOUR_MS);
      await ec.records.copies.settle(vic.fence, first, true);
      const second = await onlyOne(vic);
      expect([first.isHeld, second.isHeld]).toEqual([false, true]);
      await ec.records.copies.plan(vic.fence, second, null);
      expect(await dueIn(vic)).toEqual([]);
    });

    test('w83: wait where the address is not the team’s yet', async () => {
      const { messageDocumentId, sight } = await logged();
      const vic = await ec.connect();
      await sight(vic, 3);
      const copy = await onlyOne(vic);
      const { documentId } = vic.inbox;
      const isTheTeams = (isTeamAddress: boolean) =>
        ec.records.inboxes.change(documentId, () => ({ isTeamAddress }));
      await isTheTeams(false);
      expect(await dueIn(vic)).toEqual([]);
      expect(await ec.records.copies.settle(vic.fence, copy, true)).toBe(false);
      expect(await isSeenBy(vic, messageDocumentId)).toBe(false);
      await sight(vic, 4);
      await isTheTeams(true);
      await table().where({ message_document_id: messageDocumentId }).update({ compare_at: 0 });
      expect(await dueIn(vic)).toHaveLength(1);
    });

    test('that were found before an update are due after it', async () => {
      const { connected, messageDocumentId, sight } = await logged();
      const vic = await ec.connect();
      await sight(vic, 3);
      await table()
        .where({ message_document_id: messageDocumentId })
        .update({ compare_at: null, compares: null });
      expect(await dueIn(vic)).toEqual([]);
      for (let round = 0; round < 2; round += 1)
        await inTransaction(ec.strapi, (writer) => copiesAreCompared.step(writer, ''));
      expect(await dueIn(vic)).toHaveLength(1);
      expect(await dueIn(connected)).toEqual([]);
    });
  });
};

recordsAlone(__filename, copiesTests);
