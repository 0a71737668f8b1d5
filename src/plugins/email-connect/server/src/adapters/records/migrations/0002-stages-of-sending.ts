import type { OutgoingStage } from '../../../domain/outgoing/stage';
import { nowMs } from '../base/instants';
import { tables, uids } from '../base/names';
import type { StartMigration } from './migration';

/** The stages of 0.1.0, none of which is a present stage: rows that are done already are not found again. */
const RENAMED = {
  submit: 'queued',
  verify: 'unknown',
  file: 'sent',
  done: 'filed',
  failed: 'refused',
} as const satisfies Record<string, OutgoingStage>;

/**
 * Gives mail on its way out the present stages. Mail that a process was submitting, and mail that was left for a
 * person to judge, is of unknown outcome: the former is looked for, a person is asked about the latter, and neither
 * is sent again automatically (S51).
 */
export const stagesOfSending: StartMigration = {
  number: 2,
  name: 'stages of sending',
  phase: 'after-schema',
  up: async ({ strapi, assertLock }) => {
    const outbox = () => strapi.db.getConnection(tables.outbox);
    const messages = strapi.db.metadata.get(uids.message).tableName;
    const now = strapi.db.connection.raw(nowMs(strapi));
    const looked = { stage: 'unknown', doubted: true, looks: 0, claimed_until: 0, next_attempt_at: now };

    await assertLock();
    await outbox().where({ stage: 'submit' }).andWhere('claimed_until', '>', 0).update(looked);
    await outbox().where({ stage: 'verify' }).update(looked);
    const unknown = strapi.db
      .getConnection(messages)
      .where({ delivery_status: 'unknown' })
      .select('document_id');
    await assertLock();
    await outbox()
      .where({ stage: 'failed' })
      .whereIn('message_document_id', unknown)
      .update({ stage: 'asked', doubted: true, claimed_until: 0, next_attempt_at: null });
    const asked = outbox().where({ stage: 'asked' }).select('message_document_id');
    await strapi.db
      .getConnection(messages)
      .where({ delivery_status: 'unknown' })
      .whereIn('document_id', asked)
      .update({ delivery_status: 'asked' });
    for (const [from, to] of Object.entries(RENAMED)) {
      await assertLock();
      await outbox().where({ stage: from }).update({ stage: to });
    }
  },
};
