import { createNewsFeed } from '../../../src/plugins/email-connect/server/src/adapters/news/news-feed';
import { nowMs } from '../../../src/plugins/email-connect/server/src/adapters/records/base/instants';
import { createNewsTable } from '../../../src/plugins/email-connect/server/src/adapters/records/news';
import { createClock } from '../../../src/plugins/email-connect/server/src/adapters/time';
import { KEPT_MS, MOST_ROWS } from '../../../src/plugins/email-connect/server/src/domain/news/known-news';
import type { NewsItem } from '../../../src/plugins/email-connect/shared/contracts/news';
import { recordsAlone } from './harness';
import type { StartedRecords } from './harness';

const MINUTE_MS = 60_000;

const item = (inboxDocumentId: string): NewsItem => ({
  kind: 'message.received',
  inboxDocumentId,
  threadDocumentId: null,
  messageDocumentId: null,
  contacts: [{ contactType: 'api::person.person', documentId: 'Zoë' }],
});

export const newsTests = (ec: StartedRecords): void => {
  describe('news', () => {
    const news = () => createNewsTable(ec.strapi);
    const rows = () => ec.strapi.db.getConnection('email_connect_news');
    const age = (id: number, byMs: number) =>
      rows()
        .where({ id })
        .update({ at: ec.strapi.db.connection.raw('at - ?', [byMs]) });

    beforeEach(async () => void (await rows().delete()));

    test('an empty table: the time by its clock, and nothing', async () => {
      const { now, ...seen } = await news().look(null);
      expect(Math.abs(now - Date.now())).toBeLessThan(MINUTE_MS);
      expect(seen).toEqual({ newest: 0, rows: [] });
    });

    test('what was added is seen by a look from before, and not by one from after', async () => {
      const before = await news().look(null);
      await news().add([item('I1'), null, item('I2')]);
      const seen = await news().look(before.now - 1);
      expect([...seen.rows].sort((one, other) => one.id - other.id).map((row) => row.item)).toEqual([
        item('I1'),
        null,
        item('I2'),
      ]);
      expect(seen.newest).toBe(Math.max(...seen.rows.map(({ id }) => id)));
      for (const { at } of seen.rows) {
        expect(at).toBeGreaterThanOrEqual(before.now);
        expect(at).toBeLessThanOrEqual(seen.now);
      }
      expect(await news().look(seen.now)).toMatchObject({ newest: seen.newest, rows: [] });
    });

    test('a row that is committed behind a higher id is heard, and each once', async () => {
      // SQLite has one writer: nothing is committed behind anything.
      if (ec.strapi.db.dialect.client === 'sqlite') return;
      const quiet = () => undefined;
      const feed = createNewsFeed({
        table: news(),
        emit: async () => undefined,
        clock: createClock(async () => Date.now()),
        logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      });
      const heard: string[] = [];
      let { cursor } = await feed.after('', 0);
      const listen = async (until: string) => {
        for (const deadline = Date.now() + 30_000; !heard.includes(until);) {
          if (Date.now() > deadline) throw new Error(`Heard: ${heard.join(' ')}`);
          const told = await feed.after(cursor, 5_000);
          cursor = told.cursor;
          heard.push(...told.items.map(({ inboxDocumentId }) => inboxDocumentId));
        }
      };
      const late = await ec.strapi.db.connection.transaction();
      await late('email_connect_news').insert({
        at: late.raw(nowMs(ec.strapi)),
        item: JSON.stringify(item('late')),
      });
      await feed.announce(item('early'));
      await listen('early');
      await late.commit();
      await listen('late');
      await feed.announce(item('last'));
      await listen('last');
      expect(heard).toEqual(['early', 'late', 'last']);
      await feed.stop();
    });

    test('one look is one statement', async () => {
      await news().add([item('I1')]);
      expect(await ec.statementsOf(() => news().look(null))).toBe(1);
    });

    test('what a later version announced, and what is no news at all, is told as lost', async () => {
      await rows().insert([
        { at: Date.now(), item: JSON.stringify({ ...item('I1'), kind: 'message.read-aloud' }) },
        { at: Date.now(), item: JSON.stringify('news') },
        { at: Date.now(), item: null },
      ]);
      expect((await news().look(null)).rows.map((row) => row.item)).toEqual([null, null, null]);
    });

    test('of a flood the latest rows are read', async () => {
      for (let n = 0; n <= MOST_ROWS; n += 100) {
        await news().add(Array.from({ length: 100 }, () => item('I1')));
      }
      const seen = await news().look(null);
      expect(seen.rows).toHaveLength(MOST_ROWS);
      expect(seen.rows[0]?.id).toBeGreaterThan(seen.rows.at(-1)?.id ?? 0);
      expect(Math.max(...seen.rows.map(({ id }) => id))).toBe(seen.newest);
    });

    test('rows that no page needs go, a thousand at once; the newest stays, however old', async () => {
      for (let n = 0; n < 1_100; n += 100) await news().add(Array.from({ length: 100 }, () => item('I1')));
      await rows().update({ at: ec.strapi.db.connection.raw('at - ?', [KEPT_MS + 2 * MINUTE_MS]) });
      const { newest } = await news().look(null);
      expect(await news().prune()).toBe(true);
      expect(await news().prune()).toBe(false);
      expect(await rows().select('id')).toEqual([{ id: expect.anything() }]);
      expect(await news().look(null)).toMatchObject({ newest, rows: [] });

      await news().add([item('I2'), item('I3')]);
      const { rows: added } = await news().look(null);
      await age(Math.min(...added.map(({ id }) => id)), KEPT_MS);
      await news().prune();
      expect(await ec.count('email-connect::news', {})).toBe(2);
      expect((await news().look(null)).newest).toBe(newest + 2);
    });
  });
};

recordsAlone(__filename, newsTests);
