import type { Core } from '@strapi/strapi';
import { wiringOf } from '../wiring';

/** The loops that keep inboxes live in this process. */
export const engine = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Before Strapi changes tables: what earlier versions left becomes what this one reads. */
  prepare: (): Promise<void> => wiringOf(strapi).prepare(),
  /** Makes the database ours: indexes, tables that outlive a boot without the plugin, the address index. */
  install: (): Promise<void> => wiringOf(strapi).install(),
  start: (): Promise<void> => wiringOf(strapi).start(),
  /** Resolves when every loop has let go of its connection and its lease, at the latest after five seconds. */
  stop: (): Promise<void> => wiringOf(strapi).stop(),
});
