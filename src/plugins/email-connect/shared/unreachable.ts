/** For the case that the types rule out: what comes all the same, by a cast or from an old row, must not pass for an answer. */
export const unreachable = (value: never): never => {
  // Of a mail nothing but a word of ours may reach a log.
  throw new Error(`There is no case for ${typeof value === 'string' ? `"${value}"` : 'this'}.`);
};
