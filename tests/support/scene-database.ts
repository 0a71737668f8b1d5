import path from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Scene } from './scene';
import { onSqlite } from './test-database';

/** The SQLite file of a scene, while its Strapi runs. */
export const openDatabase = <T>(scene: Pick<Scene, 'dir'>, work: (database: Database) => T): T =>
  onSqlite(path.join(scene.dir, 'data.db'), work);

/** Rows of a scene's SQLite file, read while its Strapi runs: what the HTTP API never shows. */
export const rowsOf = <T>(scene: Pick<Scene, 'dir'>, row: z.ZodType<T>, sql: string): T[] =>
  openDatabase(scene, (database) => z.array(row).parse(database.prepare(sql).all()));

const counted = z.object({ count: z.number() });

export const countRows = (scene: Pick<Scene, 'dir'>, table: string): number =>
  rowsOf(scene, counted, `select count(*) as count from ${table}`)[0]?.count ?? 0;

/** Strapi reads its webhooks when it starts. */
export const addWebhook = (scene: Pick<Scene, 'dir'>, url: string, events: readonly string[]): void => {
  openDatabase(scene, (database) =>
    database
      .prepare(
        "insert into strapi_webhooks (name, url, headers, events, enabled) values ('test', ?, '{}', ?, 1)"
      )
      .run(url, JSON.stringify(events))
  );
};
