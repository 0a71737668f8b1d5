import type { MessageSummary } from '../../../src/plugins/email-connect/shared/contracts/message';
import { buildAttachment, buildLocation } from '../../support/build-message';
import { at, cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';

const textsOf = (messages: readonly MessageSummary[]): string[] => messages.map(({ preview }) => preview);

export const threadPagesTests = (ec: StartedRecords): void => {
  /** A thread that begins with a mail of ours, and has these answers. */
  const answered = async (answers: { text: string; receivedAt: string }[]) => {
    const { connected, sent, reply } = await ec.conversation();
    let uid = 0;
    const log = async (more: { text: string; receivedAt: string }[], cursorBefore = cursor(10)) => {
      const logged = more.map((answer) => {
        uid += 1;
        return { message: reply(answer), location: buildLocation(uid) };
      });
      await ec.records.messages.recordPass(ec.pass(connected, { logged, cursorBefore }));
    };
    await ec.records.messages.recordPass(ec.pass(connected, {}));
    await log(answers);
    return { threadDocumentId: sent.threadDocumentId, log };
  };

  /** All pages, the newest first; `between` is done after each. */
  const allPages = async (
    threadDocumentId: string,
    limit: number,
    between: (page: number) => Promise<unknown> = async () => undefined
  ): Promise<string[][]> => {
    const pages: string[][] = [];
    let before: string | null = null;
    do {
      const { messages, earlier } = await ec.records.threads.page(threadDocumentId, { before, limit });
      pages.push(textsOf(messages));
      await between(pages.length);
      before = earlier;
    } while (before !== null);
    return pages;
  };

  const own = 'Dear Grace, here is the offer.';
  const minute = (number: number): string => `2026-03-01T10:${String(number).padStart(2, '0')}:00.000Z`;

  describe('a conversation in pages', () => {
    test('S47: the newest first, each page oldest first, and no page after the last', async () => {
      const answers = [1, 2, 3, 4, 5].map((number) => ({ text: `n${number}`, receivedAt: minute(number) }));
      const { threadDocumentId } = await answered(answers);
      expect(await allPages(threadDocumentId, 2)).toEqual([
        ['n4', 'n5'],
        ['n2', 'n3'],
        [own, 'n1'],
      ]);
      expect(await allPages(threadDocumentId, 4)).toEqual([
        ['n2', 'n3', 'n4', 'n5'],
        [own, 'n1'],
      ]);
      expect(await allPages(threadDocumentId, 100)).toEqual([[own, 'n1', 'n2', 'n3', 'n4', 'n5']]);
      expect(await allPages('none', 2)).toEqual([[]]);
    });

    test('S47: many of one moment are each on one page, in the order in which they were logged', async () => {
      const texts = Array.from({ length: 11 }, (_, number) => `same${number}`);
      const { threadDocumentId } = await answered(
        texts.map((text) => ({ text, receivedAt: '2026-03-01T10:00:00.001Z' }))
      );
      const pages = await allPages(threadDocumentId, 3);
      expect(pages.map((page) => page.length)).toEqual([3, 3, 3, 3]);
      expect(pages.reverse().flat()).toEqual([own, ...texts]);
    });

    test('S47: what arrives or is removed between two pages shows none of the others twice, and hides none', async () => {
      const answers = Array.from({ length: 12 }, (_, number) => ({
        text: `n${number}`,
        // Three of each moment.
        receivedAt: minute(Math.floor(number / 3)),
      }));
      const { threadDocumentId, log } = await answered(answers);
      const messages = await ec.messagesOf(threadDocumentId);
      const remove = (text: string) =>
        ec.records.upkeep.removeMessage(messages.find((one) => one.text === text)?.documentId ?? '', at);
      const pages = await allPages(threadDocumentId, 4, async (page) => {
        if (page === 1) {
          await log([
            { text: 'newest', receivedAt: minute(30) },
            { text: 'late', receivedAt: minute(1) },
          ]);
          // The one at which the page ended, one that was shown, and one that was to come.
          for (const text of ['n8', 'n10', 'n2']) await remove(text);
        }
        if (page === 2) await remove('n3');
      });
      const shown = pages.flat();
      expect(new Set(shown).size).toBe(shown.length);
      const stayed = answers.map(({ text }) => text).filter((text) => !['n2', 'n3'].includes(text));
      expect(shown).toEqual(expect.arrayContaining([own, ...stayed]));
      expect(shown).not.toContain('newest');
      expect(await allPages(threadDocumentId, 100)).toEqual([
        [own, 'n0', 'n1', 'n4', 'n5', 'late', 'n6', 'n7', 'n9', 'n11', 'newest'],
      ]);
    });

    test('S47: a page reads the start of each text only, without what it quotes, and takes as many statements as any', async () => {
      const long = `On Monday, Ann wrote:\n> ${'quoted '.repeat(20)}\n\nYes, 😀 gladly.\n${'and on it goes\n'.repeat(20_000)}`;
      const { connected, sent, reply } = await ec.conversation();
      const logged = [1, 2, 3].map((number) => ({
        message: reply({ text: long, receivedAt: minute(number), attachments: [buildAttachment()] }),
        location: buildLocation(number),
      }));
      await ec.records.messages.recordPass(ec.pass(connected, { logged }));
      const answers: unknown[] = [];
      const listen = (answer: unknown) => answers.push(answer);
      ec.strapi.db.connection.on('query-response', listen);
      const page = await ec.records.threads.page(sent.threadDocumentId, { before: null, limit: 3 });
      ec.strapi.db.connection.removeListener('query-response', listen);
      expect(page.messages.map(({ preview }) => preview)).toEqual(
        logged.map(() => expect.stringMatching(/^Yes, 😀 gladly\. and on it goes .{100,}$/u))
      );
      expect(page.messages.map(({ attachments }) => attachments.length)).toEqual([1, 1, 1]);
      expect(Object.keys(page.messages[0] ?? {})).not.toEqual(expect.arrayContaining(['text']));
      expect(JSON.stringify(answers).length).toBeLessThan(60_000);
      const statements = (limit: number) =>
        ec.statementsOf(() => ec.records.threads.page(sent.threadDocumentId, { before: null, limit }));
      expect(await statements(1)).toBe(await statements(100));
    });

    test('a place that no page gave is refused', async () => {
      const { threadDocumentId } = await answered([{ text: 'n', receivedAt: minute(1) }]);
      await expect(
        ec.records.threads.page(threadDocumentId, { before: 'zzzzzzzzzzz.1', limit: 3 })
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      for (const before of ['0.0', '-1.1', 'zz.zz', 'kw9t6o00.zik0zj'])
        await ec.records.threads.page(threadDocumentId, { before, limit: 3 });
    });
  });
};

recordsAlone(__filename, threadPagesTests);
