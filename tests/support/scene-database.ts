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

const outboxRow = z.object({
  stage: z.string(),
  attempts: z.number(),
  nextAttemptAt: z.number().nullable(),
  errorCode: z.string().nullable(),
});

/** How the outgoing message stands, which is shown to nobody. */
export const outboxRowOf = (scene: Pick<Scene, 'dir'>, messageDocumentId: string) => {
  const [row] = openDatabase(scene, (database) =>
    z.array(outboxRow).parse(
      database
        .prepare(
          `select stage, attempts, next_attempt_at as nextAttemptAt, error_code as errorCode
           from email_connect_outbox where message_document_id = ?`
        )
        .all(messageDocumentId)
    )
  );
  if (!row) throw new Error(`There is no outbox row of ${messageDocumentId}.`);
  return row;
};

/** Lets the wait before the next attempt be over, as if the time had passed. */
export const endWaitOf = (scene: Pick<Scene, 'dir'>, messageDocumentId: string): void => {
  openDatabase(scene, (database) =>
    database
      .prepare('update email_connect_outbox set next_attempt_at = 0 where message_document_id = ?')
      .run(messageDocumentId)
  );
};

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
