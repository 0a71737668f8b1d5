import { toStored } from '../../../domain/stored-word';
import type { Evidence } from '../../../domain/logging/verdict';
import { tables, uids } from '../base/names';
import type { SteppedMigration } from './migration';
import { newestFirst } from './newest-first';

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
  step: newestFirst<LoggedByAddress>({
    uid: uids.message,
    select: ['id', 'evidence'],
    where: { origin: toStored('log-address') },
    atOnce: 500,
    work: async (writer, messages) => {
      for (const { id, evidence } of messages)
        if (evidence?.rung === 'log-address' && evidence.value !== '')
          await writer
            .table(tables.message)
            .where({ id })
            .update({ evidence: JSON.stringify({ ...evidence, value: '' }) });
    },
  }),
};
