import { z } from 'zod';
import type { Scene } from './scene';
import { openDatabase } from './scene-database';

const row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

const MINUTE_MS = 60_000;
/** Where messages stand: the columns of each table besides the message's own. */
const STANDING = {
  email_connect_message_addresses: 'address_hash, role',
  email_connect_message_records: 'contact_type, contact_document_id, stands_in',
};

export interface Filling {
  count: number;
  from: { address: string; name: string };
  /** The text of the nth, from 1. */
  textOf: (number: number) => string;
}

/**
 * Puts mails into a thread after what it holds, a minute between them, the last one just now, as if they had been logged: by SQL,
 * so that a thousand take a moment. Throws when the thread holds no mail.
 */
export const fillThread = (
  scene: Pick<Scene, 'dir'>,
  threadDocumentId: string,
  { count, from, textOf }: Filling
): void =>
  openDatabase(scene, (database) => {
    const newest = database
      .prepare(
        `select message.* from email_connect_messages message join email_connect_threads thread
        on thread.id = message.thread_id where thread.document_id = ? order by message.received_at desc limit 1`
      )
      .all(threadDocumentId);
    const { id, ...model } = row.parse(newest[0]);
    const columns = Object.keys(model);
    const insert = database.prepare(
      `insert into email_connect_messages (${columns.map((name) => `"${name}"`).join()}) values (${columns.map(() => '?').join()})`
    );
    const timeOf = (number: number): number => Number(model.received_at) - (count - number) * MINUTE_MS;
    database.exec('begin');
    // What is there already is older than all of them.
    database
      .prepare(
        'update email_connect_messages set received_at = received_at - ?, sent_at = sent_at - ? where thread_id = ?'
      )
      .run(count * MINUTE_MS, count * MINUTE_MS, z.number().parse(model.thread_id));
    for (const table of Object.keys(STANDING)) {
      database
        .prepare(`update ${table} set received_at = received_at - ? where thread_id = ?`)
        .run(count * MINUTE_MS, z.number().parse(model.thread_id));
    }
    for (let number = 1; number <= count; number += 1) {
      const values: Record<string, unknown> = {
        ...model,
        document_id: `${threadDocumentId.slice(0, 16)}${String(number).padStart(8, '0')}`,
        dedup_key: `filled ${threadDocumentId} ${number}`,
        fingerprint: `filled ${number}`,
        message_id: `filled.${number}@customer.test`,
        direction: 'incoming',
        origin: 'reply',
        delivery_status: null,
        from_address: from.address,
        from_name: from.name,
        text: textOf(number),
        html: '',
        sent_at: timeOf(number),
        received_at: timeOf(number),
      };
      insert.run(...columns.map((name) => row.valueType.parse(values[name])));
    }
    // Each stands where the newest one stands.
    for (const [table, own] of Object.entries(STANDING)) {
      database
        .prepare(
          `insert into ${table} (message_id, thread_id, received_at, ${own})
          select filled.id, filled.thread_id, filled.received_at, ${own} from email_connect_messages filled
          join ${table} model on model.message_id = ?
          where filled.thread_id = model.thread_id and filled.dedup_key like 'filled %'
            and filled.id not in (select message_id from ${table})`
        )
        .run(z.number().parse(id));
    }
    database
      .prepare(
        `update email_connect_threads set message_count = message_count + ?, last_message_at = ?,
        last_direction = 'incoming' where document_id = ?`
      )
      .run(count, timeOf(count), threadDocumentId);
    database.exec('commit');
  });
