import type { Attachment } from '../../../../shared/contracts/attachment';

export type PlaceholderWords = 'too-large' | 'failed' | 'waiting' | 'due';

/** What is said about a file that is not stored, at `now`. */
export const placeholderWords = (
  { state, retryAt }: Pick<Attachment, 'retryAt'> & { state: 'too-large' | 'failed' },
  now: Date
): PlaceholderWords => {
  if (retryAt === null) return state;
  return new Date(retryAt).getTime() > now.getTime() ? 'waiting' : 'due';
};
