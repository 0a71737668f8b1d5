import type { Core } from '@strapi/strapi';
import type { NewsItem } from '../../../../shared/contracts/news';
import { createNewsFeed } from './news-feed';

const item = (inboxDocumentId: string): NewsItem => ({
  kind: 'message.received',
  inboxDocumentId,
  threadDocumentId: 'T',
  contacts: [],
});

const feedWith = (emit: (name: string, payload: unknown) => Promise<void> = async () => undefined) => {
  const warnings: string[] = [];
  const strapi = {
    eventHub: { emit },
    log: { warn: (line: string) => warnings.push(line) },
  } as unknown as Core.Strapi;
  return { feed: createNewsFeed(strapi, 'process'), warnings };
};

describe('the news of a process', () => {
  test('a page that has no cursor, or one from before a restart, gets the present one at once', async () => {
    const { feed } = feedWith();
    await feed.announce(item('I1'));
    expect(await feed.after('', 60_000)).toEqual({ cursor: 'process.1', items: [] });
    expect(await feed.after('earlier.9', 60_000)).toEqual({ cursor: 'process.1', items: [] });
  });

  test('whoever waits is told at once; whoever was away gets all since', async () => {
    const { feed } = feedWith();
    const waiting = feed.after('process.0', 60_000);
    await feed.announce(item('I1'));
    expect(await waiting).toEqual({ cursor: 'process.1', items: [item('I1')] });
    await feed.announce(item('I2'));
    await feed.announce(item('I3'));
    expect((await feed.after('process.1', 60_000)).items).toEqual([item('I2'), item('I3')]);
  });

  test('nothing new: an empty answer with the same cursor, when the time is over', async () => {
    expect(await feedWith().feed.after('process.0', 5)).toEqual({ cursor: 'process.0', items: [] });
  });

  test('a listener that fails undoes nothing and is named in the log', async () => {
    const { feed, warnings } = feedWith(async () => {
      throw new Error('webhook down');
    });
    await feed.announce(item('I1'));
    expect((await feed.after('process.0', 5)).items).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining('email-connect.message.received')]);
  });

  test('S47: a listener that hangs is not waited for: it would hold all mail of the inbox', async () => {
    const { feed } = feedWith(() => new Promise(() => undefined));
    await feed.announce(item('I1'));
    expect((await feed.after('process.0', 5)).items).toHaveLength(1);
  });

  test('S31: events carry ids, and nothing else', async () => {
    const events: unknown[] = [];
    const { feed } = feedWith(async (name, payload) => void events.push([name, payload]));
    await feed.announce(item('I1'));
    expect(events).toEqual([['email-connect.message.received', item('I1')]]);
  });
});
