import type { Core } from '@strapi/strapi';
import type { News, NewsItem } from '../../../shared/contracts/news';
import { newsFor } from '../domain/access/news-for';
import type { Ports } from '../ports';
import { wiringOf } from '../wiring';
import { callerOf } from './mail-reader';
import type { MailReader } from './mail-reader';

/** An admin user, and whether they see the list of inboxes. */
export interface NewsReader extends MailReader {
  readsInboxes: boolean;
}

/** Shorter than the time-outs of proxies in between. */
const WAIT_MS = 25_000;

/** What happened since a page last asked, as far as its reader sees it. */
export const news = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Waits on where nothing of what happened is for this reader: an answer would tell that something happened. */
  async after(cursor: string, reader: NewsReader): Promise<News> {
    const { ports } = wiringOf(strapi);
    const { news: feed, clock } = ports;
    const until = clock.monotonicMs() + WAIT_MS;
    for (let from = cursor; ;) {
      const answer = await feed.after(from, Math.max(0, until - clock.monotonicMs()));
      const items = await toldOf(ports, reader, answer.items);
      const isOver = from === '' || answer.mayHaveMissed || clock.monotonicMs() >= until;
      if (items.length > 0 || isOver) return { ...answer, items };
      from = answer.cursor;
    }
  },
});

const toldOf = async (
  ports: Pick<Ports, 'access'>,
  reader: NewsReader,
  items: readonly NewsItem[]
): Promise<NewsItem[]> => {
  if (items.length === 0) return [];
  const contacts = items.flatMap((item) => item.contacts);
  const caller = { ...(await callerOf(ports, reader, contacts)), readsInboxes: reader.readsInboxes };
  const holdings = await ports.access.holdings(
    items.flatMap(({ messageDocumentId }) => messageDocumentId ?? []),
    reader.documentId
  );
  return items.flatMap(
    (item) => newsFor(item, caller, holdings.get(item.messageDocumentId ?? '') ?? []) ?? []
  );
};
