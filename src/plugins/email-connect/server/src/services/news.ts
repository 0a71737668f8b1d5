import type { Core } from '@strapi/strapi';
import type { News } from '../../../shared/contracts/news';
import { wiringOf } from '../wiring';

/** Shorter than the time-outs of proxies in between. */
const WAIT_MS = 25_000;

/** What happened since a page last asked. */
export const news = ({ strapi }: { strapi: Core.Strapi }) => ({
  after: (cursor: string): Promise<News> => wiringOf(strapi).ports.news.after(cursor, WAIT_MS),
});
