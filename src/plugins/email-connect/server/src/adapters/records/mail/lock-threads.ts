import { inParts } from '../base/in-parts';
import type { Writer } from '../base/transaction';
import { tables } from '../base/names';

/**
 * Whoever else writes to one of these threads comes wholly before or wholly after. In the order of all who lock them,
 * and before rows are written that refer to them: MySQL and MariaDB hold a shared lock on a thread for each such row,
 * and end one of two transactions that hold it and both want more.
 */
export const lockThreads = async ({ table }: Writer, threadDocumentIds: readonly string[]): Promise<void> => {
  for (const some of inParts([...new Set(threadDocumentIds)].sort())) {
    await table(tables.thread).whereIn('document_id', some).orderBy('document_id').forUpdate().select('id');
  }
};
