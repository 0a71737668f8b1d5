/** The first letters of a name's first and last word, or of an address; '?' for neither. */
export const initialsOf = (name: string): string => {
  const words = name.replace(/@.*$/, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('') || '?';
};
