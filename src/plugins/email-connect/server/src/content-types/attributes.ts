import { toStored } from '../domain/stored-word';

/** A short string in a column of just that length: it can stand in a composite index on every database. */
export const shortString = (length: number) => ({
  type: 'string' as const,
  maxLength: length,
  columnType: { type: 'string', args: [length] },
});

/** The values of an enumeration, as they are stored. */
export const stored = (words: readonly string[]): string[] => words.map(toStored);

/** Strapi's content API shows it to nobody and answers no question about it, whatever the caller's scope. */
export const privately = <Attribute extends object>(attribute: Attribute) => ({
  ...attribute,
  private: true as const,
});

/** Not in the Content Manager, not in the Content-Type Builder: shown in Email Connect's own screens. */
export const hiddenOptions = {
  'content-manager': { visible: false },
  'content-type-builder': { visible: false },
};

/** Edited in the Content Manager like the site's own content. */
export const visibleOptions = { 'content-type-builder': { visible: false } };

/** A field that holds the documentId of an inbox, which a person chooses from a list. */
export const CHOSEN_INBOX = {
  uid: 'plugin::email-connect.chosen-inbox',
  name: 'chosen-inbox',
  plugin: 'email-connect',
  type: 'string',
  inputSize: { default: 6, isResizable: true },
} as const;

/**
 * A relation in a column of its own: one insert writes a row with it, and one index finds it. The Document Service
 * cannot write such relations; mail is never written through it.
 */
export const belongsTo = (target: string, inversedBy?: string) => ({
  type: 'relation' as const,
  relation: 'manyToOne' as const,
  target,
  useJoinTable: false,
  ...(inversedBy === undefined ? {} : { inversedBy }),
});

export const hasMany = (target: string, mappedBy: string) => ({
  type: 'relation' as const,
  relation: 'oneToMany' as const,
  target,
  mappedBy,
});
