import type { NamedChoice } from '../../../../../../shared/contracts/ownership';

export const keyOf = ({ kind, documentId }: Pick<NamedChoice, 'kind' | 'documentId'>): string =>
  `${kind} ${documentId}`;

/** Those who are not named yet. */
export const nobodyElse = (choices: readonly NamedChoice[], named: readonly NamedChoice[]): NamedChoice[] => {
  const taken = new Set(named.map(keyOf));
  return choices.filter((choice) => !taken.has(keyOf(choice)));
};
