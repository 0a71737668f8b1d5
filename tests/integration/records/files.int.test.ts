import { mkdtemp, rm, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createLocalAttachments } from '../../../src/plugins/email-connect/server/src/adapters/attachments/local-directory';
import { filesAreDue } from '../../../src/plugins/email-connect/server/src/adapters/records/migrations/files-are-due';
import type { ParsedAttachment } from '../../../src/plugins/email-connect/server/src/domain/message/message';
import type { Attachments, StoredFile } from '../../../src/plugins/email-connect/server/src/ports';
import { sweepFiles } from '../../../src/plugins/email-connect/server/src/use-cases/files/sweep-files';
import { buildAttachment, buildLocation } from '../../support/build-message';
import { at, recordsAlone } from './harness';
import type { Connected, StartedRecords } from './harness';

const DAY_MS = 86_400_000;
const unexpected = (text: string): never => {
  throw new Error(text);
};
const failed: Partial<ParsedAttachment> = { state: 'failed', storageKey: null, sha256: null };

export const filesTests = (ec: StartedRecords): void => {
  const { connect, mailFrom, queue, take, file, pass, conversation, unique } = ec;
  const table = () => ec.strapi.db.getConnection('email_connect_attachments');
  const makeDue = () => table().whereNotNull('retry_at').update({ retry_at: 0 });
  const attachmentsOf = async (threadDocumentId: string) =>
    (await ec.messagesOf(threadDocumentId)).flatMap(({ attachments }) => attachments);

  const onlyFileOf = async (threadDocumentId: string): Promise<string> =>
    (await attachmentsOf(threadDocumentId))[0]?.documentId ?? '';

  describe('the sweep', () => {
    let directory = '';
    let storage: Attachments;

    beforeEach(async () => {
      directory = await mkdtemp(path.join(os.tmpdir(), 'swept-'));
      storage = createLocalAttachments(directory);
    });
    afterEach(() => rm(directory, { recursive: true }));

    const save = (text: string): Promise<StoredFile> => {
      async function* bytes() {
        yield Buffer.from(text);
      }
      return storage.save(bytes());
    };
    const age = async ({ storageKey }: StoredFile): Promise<void> => {
      const old = new Date(Date.now() - 2 * DAY_MS);
      await utimes(path.join(directory, storageKey), old, old);
    };
    const sweep = () =>
      sweepFiles(
        {
          attachments: storage,
          files: ec.records.files,
          inboxes: ec.records.inboxes,
          clock: { now: () => new Date(), monotonicMs: () => 0, sleep: async () => undefined },
          logger: { debug: () => undefined, info: () => undefined, warn: unexpected, error: unexpected },
        },
        new AbortController().signal
      );
    const isThere = ({ storageKey }: Pick<StoredFile, 'storageKey'>): Promise<boolean> =>
      storage.open(storageKey).then(
        () => true,
        () => false
      );
    const replyWith = async (stored: StoredFile) => {
      const started = await conversation();
      const message = started.reply({ attachments: [buildAttachment(stored)] });
      const record = () =>
        ec.records.messages.recordPass(
          pass(started.connected, { logged: [{ message, location: buildLocation(5) }] })
        );
      return { ...started, record };
    };

    test('S21, S45: deletes files of un-logged mail once they are old, and what no record ever named; a file that another mail has stays', async () => {
      const [only, shared, orphan] = [await save('only'), await save('shared'), await save('orphan')];
      const first = await replyWith(only);
      const both = await replyWith(shared);
      const other = await replyWith(shared);
      for (const { record } of [first, both, other]) await record();
      await ec.records.upkeep.unlog(first.sent.threadDocumentId, at);
      await ec.records.upkeep.unlog(both.sent.threadDocumentId, at);
      expect(await sweep()).toBe(0);
      for (const stored of [only, shared, orphan]) await age(stored);
      expect(await sweep()).toBe(2);
      expect(await Promise.all([only, shared, orphan].map(isThere))).toEqual([false, true, false]);
      await ec.records.upkeep.unlog(other.sent.threadDocumentId, at);
      await age(shared);
      expect(await sweep()).toBe(1);
    });

    test('P1: a pass keeps the file that it saved and has yet to record, while another mail with the same one is un-logged and swept', async () => {
      const logged = await replyWith(await save('the same plan'));
      await logged.record();
      await age(await save('the same plan'));
      const arriving = await replyWith(await save('the same plan'));
      await ec.records.upkeep.unlog(logged.sent.threadDocumentId, at);
      await sweep();
      await arriving.record();
      const [recorded] = await attachmentsOf(arriving.sent.threadDocumentId);
      const stored = await ec.records.attachmentRecords.load(recorded!.documentId);
      expect(await isThere({ storageKey: stored?.storageKey ?? '' })).toBe(true);
    });

    test('S51: keeps the bytes of mail on its way out, until nothing is left to do', async () => {
      const { connected, contact } = await conversation();
      const [queued, filed] = [await save(unique('queued')), await save(unique('filed'))];
      await queue({ ...mailFrom(connected, contact), sourceKey: queued.storageKey });
      const entry = await queue({ ...mailFrom(connected, contact), sourceKey: filed.storageKey });
      await take(entry);
      for (const stored of [queued, filed]) await age(stored);
      expect(await sweep()).toBe(0);
      await file(entry);
      expect(await sweep()).toBe(1);
      expect(await Promise.all([queued, filed].map(isThere))).toEqual([true, false]);
    });
  });

  describe('S49: files that could not be stored', () => {
    const logged = async (files: Partial<ParsedAttachment>[] = [failed]) => {
      const started = await conversation();
      const message = started.reply({ attachments: files.map(buildAttachment) });
      await ec.records.messages.recordPass(
        pass(started.connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const [, recorded] = await ec.messagesOf(started.sent.threadDocumentId);
      return { ...started, message, messageDocumentId: recorded!.documentId };
    };
    const dueIn = ({ inbox }: Connected) => ec.records.files.listDue(inbox.documentId, 9);
    const waitingIn = ({ inbox }: Connected) => ec.records.files.waiting(inbox.documentId);

    test('wait for five minutes, are counted, and then due where their mail lies', async () => {
      const started = Date.now();
      const { connected, sent, message, messageDocumentId } = await logged([failed, {}, failed]);
      const elsewhere = await connect();
      const waiting = await waitingIn(connected);
      expect(waiting?.count).toBe(2);
      expect(Date.parse(waiting!.nextAt) - started).toBeGreaterThan(4 * 60_000);
      expect(Date.parse(waiting!.nextAt) - started).toBeLessThan(60 * 60_000);
      const planned = (await attachmentsOf(sent.threadDocumentId)).map(({ retryAt }) => retryAt);
      expect(planned).toEqual([expect.any(String), null, expect.any(String)]);
      // PostgreSQL asks its clock for each row.
      expect(planned.filter((retryAt) => retryAt !== null).sort()[0]).toBe(waiting?.nextAt);
      expect(await dueIn(connected)).toEqual([]);
      await makeDue();
      const { size } = buildAttachment();
      const [one, two, three] = await attachmentsOf(sent.threadDocumentId);
      const fileOf = (documentId: string | undefined, isWaiting: boolean) => ({
        documentId,
        fileName: 'plan.pdf',
        size,
        isWaiting,
      });
      expect(await dueIn(connected)).toEqual([
        {
          messageDocumentId,
          threadDocumentId: sent.threadDocumentId,
          messageId: message.parsed.headers.messageId,
          origin: 'reply',
          size: message.size,
          locations: [buildLocation(5)],
          files: [
            fileOf(one?.documentId, true),
            fileOf(two?.documentId, false),
            fileOf(three?.documentId, true),
          ],
          tries: 0,
        },
      ]);
      expect(await dueIn(elsewhere)).toEqual([]);
      expect(await waitingIn(elsewhere)).toBeNull();
    });

    test('are taken by one process, come back when it fails, and are there in the end', async () => {
      const { connected, sent, messageDocumentId } = await logged();
      const { fence } = connected;
      const plan = () => ec.records.files.plan(fence, messageDocumentId, 60_000);
      expect(await plan()).toBe(false);
      await makeDue();
      expect([await plan(), await plan()]).toEqual([true, false]);
      expect(await dueIn(connected)).toEqual([]);
      await makeDue();
      expect(await dueIn(connected)).toMatchObject([{ tries: 1 }]);
      const documentId = await onlyFileOf(sent.threadDocumentId);
      const found = { storageKey: 'aa/found', sha256: 'f'.repeat(64), size: 1234 };
      await ec.records.files.settle(fence, [{ documentId, kind: 'stored', ...found }]);
      expect(await ec.records.attachmentRecords.load(documentId)).toMatchObject({
        state: 'stored',
        retryAt: null,
        storageKey: 'aa/found',
      });
      expect([await waitingIn(connected), await dueIn(connected)]).toEqual([null, []]);
      expect(await ec.records.files.used([found, { storageKey: 'bb/not', sha256: 'b'.repeat(64) }])).toEqual(
        new Set(['aa/found'])
      );
    });

    test('P2: a process that lost the inbox plans and records nothing', async () => {
      const { connected, sent, messageDocumentId } = await logged();
      const stale = { ...connected.fence, token: connected.fence.token - 1 };
      await makeDue();
      await expect(ec.records.files.plan(stale, messageDocumentId, 1)).rejects.toMatchObject({
        code: 'LEASE_LOST',
      });
      const documentId = await onlyFileOf(sent.threadDocumentId);
      await expect(ec.records.files.settle(stale, [{ documentId, kind: 'given-up' }])).rejects.toMatchObject({
        code: 'LEASE_LOST',
      });
      expect(await dueIn(connected)).toHaveLength(1);
    });

    test('are given up, and due again when a person asks; so is one that was over the limit', async () => {
      const { connected, sent } = await logged([failed, { ...failed, state: 'too-large' }, {}]);
      const files = await attachmentsOf(sent.threadDocumentId);
      await ec.records.files.settle(
        connected.fence,
        files.slice(0, 1).map(({ documentId }) => ({ documentId, kind: 'given-up' }))
      );
      expect(await waitingIn(connected)).toBeNull();
      for (const { documentId } of files)
        expect(await ec.records.files.ask(documentId)).toEqual([connected.inbox.documentId]);
      expect(await ec.records.files.ask('none')).toEqual([]);
      expect(await dueIn(connected)).toMatchObject([
        { tries: 0, files: [{ isWaiting: true }, { isWaiting: true }, { isWaiting: false }] },
      ]);
      await ec.records.files.settle(
        connected.fence,
        files.slice(0, 2).map(({ documentId }) => ({ documentId, kind: 'too-large' }))
      );
      expect((await attachmentsOf(sent.threadDocumentId)).map(({ state }) => state)).toEqual([
        'too-large',
        'too-large',
        'stored',
      ]);
    });

    test('of mail that lies nowhere are due in its own inbox; in another one that has it, there', async () => {
      const { connected, message, messageDocumentId } = await logged();
      const other = await connect();
      await ec.records.messages.recordPass(
        pass(other, { logged: [{ message, location: buildLocation(9) }] })
      );
      await makeDue();
      expect(await dueIn(other)).toMatchObject([{ messageDocumentId, locations: [buildLocation(9)] }]);
      await ec.strapi.db
        .getConnection('email_connect_locations')
        .where({ message_document_id: messageDocumentId })
        .delete();
      expect(await dueIn(other)).toEqual([]);
      expect(await dueIn(connected)).toMatchObject([{ messageDocumentId, locations: [] }]);
    });

    test('are forgotten with their mail', async () => {
      const { connected, sent } = await logged();
      await makeDue();
      await ec.records.upkeep.unlog(sent.threadDocumentId, at);
      expect([await dueIn(connected), await waitingIn(connected)]).toEqual([[], null]);
    });

    test('of an earlier version are due at once', async () => {
      const { connected } = await logged([failed, {}]);
      await table().update({ retry_at: null, retries: null });
      await filesAreDue({ strapi: ec.strapi, assertLock: async () => undefined });
      expect(await dueIn(connected)).toMatchObject([{ files: [{ isWaiting: true }, { isWaiting: false }] }]);
    });
  });
};

recordsAlone(__filename, filesTests);
