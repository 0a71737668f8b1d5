import type { DeletionChoice } from '../../../../shared/contracts/deletion';

/** What was answered: nothing yet, or nothing is to be asked (null). */
export type LeftMailAnswer = DeletionChoice | 'missing' | null;
