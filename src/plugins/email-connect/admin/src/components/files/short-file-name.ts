const longestName = 28;

/** A file name that fits on a button: a long one loses its middle, never its extension. */
export const shortFileName = (name: string): string => {
  const characters = [...name];
  if (characters.length <= longestName) return name;
  const extension = [...(/\.[^.]{1,8}$/.exec(name)?.[0] ?? '')];
  const start = characters.slice(0, longestName - 1 - extension.length);
  return `${start.join('').trimEnd()}…${extension.join('')}`;
};
