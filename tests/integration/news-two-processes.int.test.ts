import { setTimeout as sleep } from 'node:timers/promises';
import { news } from '../../src/plugins/email-connect/shared/contracts/news';
import type { News } from '../../src/plugins/email-connect/shared/contracts/news';
import { createNewsLoop } from '../../src/plugins/email-connect/admin/src/api/news-loop';
import type { NewsPorts } from '../../src/plugins/email-connect/admin/src/api/news-loop';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { describeWith } from '../support/services';
import { sharedDatabasesOfTheSlow } from '../support/processes-matrix';
import { until } from '../support/until';

const TABS = 20;
const REPLIES = 10;

describe.each(sharedDatabasesOfTheSlow)('S52: news behind a load balancer, on %s', (database, service) => {
  describeWith(service, 'with two processes', () => {
    let mail: MailScene;
    let other: StrapiProcess;
    const processes = () => [mail.scene.strapi, other];

    beforeAll(async () => {
      mail = await startMailScene({}, database);
      other = await mail.scene.startAnother();
    }, 200_000);
    afterAll(async () => {
      await other.stop();
      await mail.end();
    });

    const ask = async ({ url, admin }: StrapiProcess, after: string, signal?: AbortSignal): Promise<News> => {
      const query = new URLSearchParams({ after });
      const headers = { authorization: `Bearer ${admin.token}` };
      const answer = await fetch(`${url}/email-connect/news?${query}`, { headers, signal: signal ?? null });
      return news.parse(await answer.json());
    };

    /** Asks until news of a mail come, and tells when. */
    const hear = async (process: StrapiProcess, from: string): Promise<number> => {
      for (let after = from; ;) {
        const { cursor, items } = await ask(process, after);
        if (items.some(({ kind }) => kind === 'message.received')) return Date.now();
        after = cursor;
      }
    };

    it('a reply that one process logs is heard at both', async () => {
      await mail.send('Heard');
      const cursors = await Promise.all(processes().map((process) => ask(process, '')));
      const heard = Promise.all(processes().map((process, i) => hear(process, cursors[i]?.cursor ?? '')));
      mail.deliver(await mail.replyTo('Heard', { text: 'Yes.' }));
      const [one = 0, another = 0] = await heard;
      expect(Math.abs(one - another)).toBeLessThan(10_000);
    });

    it('a cursor that no process knows waits, and is told that news may be missing', async () => {
      await mail.send('Unknown');
      // What was told of it is no news by then.
      await sleep(3_000);
      const answers: News[] = [];
      const asked = ['zzzzzzz.zz.', '1.1.', 'a-process-of-before.7'].flatMap((cursor) =>
        processes().map(async (process) => void answers.push(await ask(process, cursor)))
      );
      await sleep(5_000);
      expect(answers).toEqual([]);
      mail.deliver(await mail.replyTo('Unknown', { text: 'Yes.' }));
      await Promise.all(asked);
      expect(answers.map(({ mayHaveMissed }) => mayHaveMissed)).toEqual(asked.map(() => true));
      const [{ cursor } = { cursor: '' }] = answers;
      const controller = new AbortController();
      const quiet = ask(other, cursor, controller.signal);
      expect(await Promise.race([quiet, sleep(3_000, 'waits')])).toBe('waits');
      controller.abort();
      await expect(quiet).rejects.toThrow();
    });

    it('twenty tabs, each request at the next process: all hear all, and they cost little', async () => {
      await mail.send('Tabs');
      let requests = 0;
      const ports: NewsPorts = {
        ask: (after, signal) => {
          requests += 1;
          const process = processes()[requests % 2];
          if (!process) throw new Error('There are two.');
          return ask(process, after, signal);
        },
        now: () => Date.now(),
        wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
        whenVisible: async () => undefined,
        isFinal: () => false,
      };
      const heard = Array.from({ length: TABS }, () => 0);
      const missed = Array.from({ length: TABS }, () => 0);
      const stops = heard.map((_, tab) =>
        createNewsLoop(ports).subscribe(({ items, mayHaveMissed }) => {
          heard[tab] = (heard[tab] ?? 0) + items.filter(({ kind }) => kind === 'message.received').length;
          if (mayHaveMissed) missed[tab] = (missed[tab] ?? 0) + 1;
        })
      );
      await until(async () => missed.every((times) => times === 1), 'Not every tab has begun.');
      await sleep(2_000);

      requests = 0;
      const began = Date.now();
      for (let n = 0; n < REPLIES; n += 1) {
        mail.deliver(await mail.replyTo('Tabs', { text: `Answer ${n}.` }));
        await sleep(300);
      }
      await until(
        async () => heard.every((times) => times >= REPLIES),
        async () => `Heard: ${heard.join(' ')}`
      );
      const seconds = (Date.now() - began) / 1_000;
      expect(heard).toEqual(heard.map(() => REPLIES));
      expect(requests / seconds).toBeLessThan(30);

      await sleep(3_000);
      requests = 0;
      await sleep(30_000);
      // One each at the end of its wait, and as many as may just have begun another.
      expect(requests).toBeLessThanOrEqual(2 * TABS);
      expect(missed).toEqual(missed.map(() => 1));
      stops.forEach((stop) => stop());
    }, 120_000);
  });
});
