import type { Text } from '../../hooks/use-text';

/** A subject as it is shown: null is not told (S42), '' is none. */
export const subjectWords = (subject: string | null, text: Text): string =>
  subject === null ? text('thread.subject-not-shown') : subject || text('thread.no-subject');
