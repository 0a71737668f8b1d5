import type { SearchRequest } from '../../../../../shared/contracts/search';

/** The search form as it is filled in; '' for an empty field. */
export interface SearchDraft {
  address: string;
  subject: string;
  messageId: string;
  /** YYYY-MM-DD. */
  since: string;
}

export const emptySearch: SearchDraft = { address: '', subject: '', messageId: '', since: '' };

/** The search request; null while no field that can be searched for is filled in. */
export const searchRequestOf = (draft: SearchDraft): SearchRequest | null => {
  const entries = Object.entries(draft)
    .map(([name, value]: [string, string]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '');
  return entries.length === 0 ? null : Object.fromEntries(entries);
};
