import type { Candidate, NoticeKind } from '../message/message';
import type { Verdict } from './verdict';

/**
 * The notice whose returned part is to be read next; null for none. It alone can name the mail that the notice is about
 * (`inspect`), or the recipients of that mail, without whom a notice changes nothing (S44).
 */
export const reportToRead = (
  { returned }: Pick<Candidate, 'returned'>,
  verdict: Verdict
): NoticeKind | null => {
  if (returned !== null) return null;
  if (verdict.kind === 'inspect') return verdict.part === 'returned' ? verdict.notice : null;
  if (verdict.kind !== 'log' || verdict.answersDocumentId === null) return null;
  const { notice } = verdict;
  return notice === 'bounce' || notice === 'delay' || notice === 'receipt' ? notice : null;
};
