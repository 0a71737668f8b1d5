/** Where the comment that begins at `start` ends; -1 if it never does. Comments nest (RFC 5322 3.2.2). */
export const commentEnd = (value: string, start: number): number => {
  let depth = 0;
  for (let i = start; i < value.length; i += 1) {
    const character = value.charAt(i);
    if (character === '\\') i += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
};

/** Where the quoted string that begins at `start` ends (RFC 5322 3.2.4); -1 if it never does. */
export const quoteEnd = (value: string, start: number): number => {
  for (let i = start + 1; i < value.length; i += 1) {
    const character = value.charAt(i);
    if (character === '\\') i += 1;
    else if (character === '"') return i;
  }
  return -1;
};
