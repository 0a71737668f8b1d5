/**
 * For a case that the types rule out: a value that comes anyway, by a cast or from an old row, must not pass as an
 * answer.
 */
export const unreachable = (value: never): never => {
  // Only a word of ours may reach a log, nothing of a mail.
  throw new Error(`There is no case for ${typeof value === 'string' ? `"${value}"` : 'this'}.`);
};
