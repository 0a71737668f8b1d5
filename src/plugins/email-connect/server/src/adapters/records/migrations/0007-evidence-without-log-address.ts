import { toStored } from '../../../domain/stored-word';
import type { Evidence } from '../../../domain/logging/verdict';
import { tables, uids } from '../base/names';
import { findRows } from '../base/query-rows';
import type { SteppedMigration } from './migration';

const AT_ONCE = 500;

interface LoggedByAddress {
  id: number;
  evidence: Evidence | null;
}

/**
 * Until 0.1.0 the evidence of mail that was logged by a log address named that address. Evidence is for all who read
 * the mail, the log address is its owner's (S36). Newest first.
 */
export const evidenceWithoutLogAddress: SteppedMigration = {
  number: 7,
  name: 'evidence without log address',
  phase: 'stepped',
  step: async (writer, position) => {
    const messages = await findRows<LoggedByAddress>(writer.strapi, uids.message, {
      select: ['id', 'evidence'],
      where: {
        origin: toStored('log-address'),
        ...(position === '' ? {} : { id: { $lt: Number(position) } }),
      },
      orderBy: { id: 'desc' },
      limit: AT_ONCE,
    });
    for (const { id, evidence } of messages)
      if (evidence?.rung === 'log-address' && evidence.value !== '')
        await writer
          .table(tables.message)
          .where({ id })
          .update({ evidence: JSON.stringify({ ...evidence, value: '' }) });
    const last = messages.at(-1);
    return last && messages.length === AT_ONCE ? String(last.id) : null;
  },
};
