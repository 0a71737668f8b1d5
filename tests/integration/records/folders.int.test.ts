import { emptyMemory } from '../../../src/plugins/email-connect/server/src/domain/sync/folder';
import type { FolderChoice } from '../../../src/plugins/email-connect/server/src/ports';
import { buildLocation } from '../../support/build-message';
import { at, cursor, folderOf, recordsAlone } from './harness';
import type { Connected, StartedRecords } from './harness';

export const foldersTests = (ec: StartedRecords): void => {
  const { connect, pass, count, conversation } = ec;

  const foldersOf = ({ inbox }: Connected) => ec.records.folders.list(inbox.documentId);
  const choose = (documentId: string, folders: FolderChoice[]) =>
    ec.records.inboxes.change(documentId, () => ({}), { folders });
  const listing = (folderPath: string, objectId: string | null = null, watched = true) => ({
    folderPath,
    specialUse: null,
    watched,
    objectId,
  });

  describe('folders', () => {
    test('what is remembered of a folder is read back as a pass wrote it (P10)', async () => {
      const connected = await connect();
      const memory = {
        recentUids: '1:9,12',
        exists: 4_000_000,
        completeUpTo: at.toISOString(),
        sweptAt: '2026-03-01T11:00:00.123Z',
        renumberedAt: [at.toISOString()],
        lookBackTo: '2026-02-01T00:00:00.000Z',
        suspect: null,
      };
      await ec.records.folders.recordFailure(connected.inbox.documentId, 'INBOX', {
        code: 'FOLDER_UNREADABLE',
        failures: 3,
        retryAt: new Date('2026-03-01T18:00:00.000Z'),
        at,
      });
      expect(await foldersOf(connected)).toEqual([
        folderOf('INBOX', {
          specialUse: 'inbox',
          lastErrorCode: 'FOLDER_UNREADABLE',
          lastPassAt: at.toISOString(),
          failures: 3,
          retryAt: '2026-03-01T18:00:00.000Z',
        }),
      ]);
      await ec.records.messages.recordPass(pass(connected, { memory }));
      expect(await foldersOf(connected)).toEqual([
        folderOf('INBOX', {
          specialUse: 'inbox',
          cursor: cursor(10),
          lastPassAt: at.toISOString(),
          memory,
        }),
      ]);
    });

    test('a folder of an earlier version is watched for replies, listed, and remembers nothing', async () => {
      const connected = await connect();
      await ec.strapi.db.query('email-connect::folder-cursor').updateMany({
        where: { inboxDocumentId: connected.inbox.documentId },
        data: {
          role: null,
          listed: null,
          failures: null,
          recentUids: null,
          existing: null,
          renumberedAt: null,
        },
      });
      expect(await foldersOf(connected)).toEqual([folderOf('INBOX', { specialUse: 'inbox' })]);
      const { documentId } = connected.inbox;
      await choose(documentId, [{ folderPath: 'INBOX', role: 'log' }]);
      expect(await foldersOf(connected)).toMatchObject([{ watched: true, role: 'log' }]);
    });

    test('c12: new folders come, vanished ones are kept and come back as they were, cursors and choices stay', async () => {
      const connected = await connect();
      const { documentId } = connected.inbox;
      await ec.records.messages.recordPass(pass(connected, {}));
      const all = [
        { ...listing('INBOX', null, false), specialUse: 'inbox' as const },
        { ...listing('Ärger/日本'), specialUse: 'junk' as const },
        listing('inbox'),
      ];
      await ec.records.folders.merge(documentId, all, at);
      expect(await foldersOf(connected)).toMatchObject([
        { folderPath: 'INBOX', watched: true, cursor: cursor(10), readFrom: null },
        { folderPath: 'Ärger/日本', specialUse: 'junk', cursor: null, readFrom: at.toISOString() },
        { folderPath: 'inbox', watched: true },
      ]);
      await ec.records.folders.recordFailure(documentId, 'INBOX', {
        code: 'FOLDER_UNREADABLE',
        failures: 1,
        retryAt: at,
        at,
      });
      await ec.records.folders.merge(documentId, [all[1]!], at);
      expect(await foldersOf(connected)).toMatchObject([
        { folderPath: 'INBOX', listed: false, watched: true, cursor: cursor(10) },
        { listed: true },
        { listed: false },
      ]);
      await ec.records.folders.merge(documentId, all, at);
      expect(await foldersOf(connected)).toMatchObject([
        { listed: true, watched: true, cursor: cursor(10), failures: 0, retryAt: null, lastErrorCode: null },
        { listed: true },
        { listed: true },
      ]);
      await choose(documentId, [
        { folderPath: 'INBOX', role: 'watch' },
        { folderPath: 'inbox', role: 'unlog' },
      ]);
      expect(await foldersOf(connected)).toMatchObject([
        { watched: true, role: 'watch' },
        { watched: false },
        { watched: true, role: 'unlog' },
      ]);
    });

    test('P3, c12: a renamed folder keeps cursor, choices and quarantine, also when two change places', async () => {
      const connected = await connect();
      const { documentId } = connected.inbox;
      await ec.records.folders.merge(
        documentId,
        [listing('INBOX', 'i'), listing('A', 'a'), listing('B', 'b')],
        at
      );
      for (const [folderPath, uid] of [
        ['A', 3],
        ['B', 4],
      ] as const) {
        await ec.records.messages.recordPass(
          pass(connected, {
            folderPath,
            cursorAfter: cursor(uid),
            quarantined: [
              {
                location: buildLocation(uid, { folderPath }),
                code: 'MESSAGE_UNREADABLE',
                detail: '',
                evidence: null,
                nextAt: at,
              },
            ],
          })
        );
      }
      const choices = [
        { folderPath: 'INBOX', role: 'watch' },
        { folderPath: 'A', role: 'log' },
      ] as const;
      await choose(documentId, [...choices]);
      await ec.records.folders.merge(
        documentId,
        [listing('INBOX', 'i'), listing('B', 'a'), listing('A', 'b')],
        at
      );
      expect(await foldersOf(connected)).toMatchObject([
        { folderPath: 'INBOX', objectId: 'i' },
        { folderPath: 'B', cursor: cursor(3), role: 'log', watched: true, listed: true },
        { folderPath: 'A', cursor: cursor(4), watched: false },
      ]);
      expect(await ec.records.quarantine.countByFolder(documentId)).toEqual(
        new Map([
          ['A', 1],
          ['B', 1],
        ])
      );
      expect(await ec.records.quarantine.listDue(documentId, 'B', at, 9)).toMatchObject([
        { location: { folderPath: 'B', imapUid: 3 } },
      ]);
      const { quarantine } = ec.records;
      expect(await quarantine.list(documentId, { folderPath: 'B' })).toMatchObject([
        { location: { folderPath: 'B', imapUid: 3 } },
      ]);
      expect(await quarantine.list(documentId, { limit: 1 })).toHaveLength(1);
      expect(await quarantine.list(documentId)).toHaveLength(2);
      // B goes, and what was A comes back under its path: the folder is the one that it was, not the one that had the path.
      await ec.records.folders.merge(documentId, [listing('INBOX', 'i'), listing('B', 'b')], at);
      expect(await foldersOf(connected)).toMatchObject([
        { folderPath: 'INBOX' },
        { folderPath: 'B', objectId: 'b', cursor: cursor(4) },
      ]);
      expect(await ec.records.quarantine.countByFolder(documentId)).toEqual(new Map([['B', 1]]));
    });

    test('c46: a look back reaches the watched folders of the inbox, or of all; one that is asked for while a pass is at it stays', async () => {
      const connected = await connect();
      const other = await connect();
      const since = new Date('2026-02-20T00:00:00.000Z');
      await ec.records.folders.merge(
        connected.inbox.documentId,
        [listing('INBOX'), listing('Off', null, false)],
        at
      );
      const ask = { since, everyInbox: false };
      await ec.records.messages.recordPass(pass(connected, { lookBack: ask }));
      const lookBacks = async (each: Connected) =>
        (await foldersOf(each)).map(({ memory }) => memory.lookBackTo);
      expect(await lookBacks(connected)).toEqual([since.toISOString(), null]);
      expect(await lookBacks(other)).toEqual([null]);

      // This pass of the other inbox loaded its folder before the next one asks.
      await ec.records.messages.recordPass(
        pass(connected, {
          cursorBefore: cursor(10),
          memory: { ...emptyMemory, lookBackTo: since.toISOString() },
          lookBackBefore: since.toISOString(),
          lookBack: { since, everyInbox: true },
        })
      );
      const [asked] = await lookBacks(other);
      expect(asked).toBe(since.toISOString());
      await ec.records.messages.recordPass(pass(other, {}));
      expect(await lookBacks(other)).toEqual([asked]);

      // Done with what it loaded, but it was asked for again meanwhile, for the very same time: once more.
      const [loaded] = await lookBacks(connected);
      await ec.records.messages.recordPass(
        pass(other, {
          cursorBefore: cursor(10),
          lookBackBefore: asked!,
          lookBack: { since, everyInbox: true },
        })
      );
      await ec.records.messages.recordPass(
        pass(connected, { cursorBefore: cursor(10), lookBackBefore: loaded! })
      );
      const [again] = await lookBacks(connected);
      expect(Date.parse(again!)).toBeLessThan(Date.parse(loaded!));
      await ec.records.messages.recordPass(
        pass(connected, { cursorBefore: cursor(10), lookBackBefore: again! })
      );
      expect(await lookBacks(connected)).toEqual([null, null]);
    });

    test('c46: an earlier look back is not shortened by a later one', async () => {
      const { connected } = await conversation();
      const early = new Date('2026-01-01T00:00:00.000Z');
      for (const [since, cursorBefore] of [
        [early, null],
        [at, cursor(10)],
      ] as const) {
        const [folder] = await foldersOf(connected);
        const { memory } = folder!;
        await ec.records.messages.recordPass(
          pass(connected, {
            cursorBefore,
            memory,
            lookBackBefore: memory.lookBackTo,
            lookBack: { since, everyInbox: false },
          })
        );
      }
      const [folder] = await foldersOf(connected);
      expect(Date.parse(folder!.memory.lookBackTo!)).toBeLessThanOrEqual(early.getTime());
      expect(
        await count('email-connect::folder-cursor', { inboxDocumentId: connected.inbox.documentId })
      ).toBe(1);
    });
  });
};

recordsAlone(__filename, foldersTests);
