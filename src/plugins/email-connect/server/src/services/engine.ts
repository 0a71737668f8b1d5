import type { Core } from '@strapi/strapi';
import { wiringOf } from '../wiring';

/** The loops that keep inboxes live in this process. */
export const engine = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Before Strapi changes tables: migrates what earlier versions left. */
  prepare: (): Promise<void> => wiringOf(strapi).prepare(),
  /** Sets up the database: indexes, tables that survive a boot without the plugin, the address index. */
  install: (): Promise<void> => wiringOf(strapi).install(),
  start: (): Promise<void> => wiringOf(strapi).start(),
  /** Resolves when every loop has let go of its connection and its lease, at the latest after five seconds. */
  stop: (): Promise<void> => wiringOf(strapi).stop(),
});
