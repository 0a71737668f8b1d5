/** An enumeration's values must be GraphQL names, which have no hyphen: `auto-reply` is kept as `auto_reply`. */
export const toStored = (word: string): string => word.replaceAll('-', '_');
