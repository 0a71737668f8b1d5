import { uids } from '../base/names';
import { COMPARED, askToCompare } from '../mail/copies';
import type { SteppedMigration } from './migration';
import { newestFirst } from './newest-first';

/** Copies that were found before, in inboxes that do not hold their messages, are compared too (S41). */
export const copiesAreCompared: SteppedMigration = {
  number: 12,
  name: 'copies are compared',
  phase: 'stepped',
  step: newestFirst<{ id: number; documentId: string }>({
    uid: uids.message,
    select: ['id', 'documentId'],
    atOnce: 500,
    work: (writer, messages) =>
      askToCompare(
        writer,
        messages.map(({ documentId }) => documentId),
        COMPARED.afterOthers
      ),
  }),
};
