import type { Location, Ports, Suggestion } from '../../ports';
import { isSameLocation } from '../inbox';

/** The suggestion about the message in this place; null for none. */
export const suggestedAt = async (
  { suggestions }: Pick<Ports, 'suggestions'>,
  inboxDocumentId: string,
  location: Location
): Promise<Suggestion | null> =>
  (await suggestions.list(inboxDocumentId)).find((one) => isSameLocation(one.location, location)) ?? null;
