import { z } from 'zod';
import { contactRef } from './contact-ref';
import { evidence } from './evidence';
import { glimpse, location } from './location';

/** A message that likely belongs to a conversation: a person decides. */
export const suggestion = z.object({
  location,
  threadDocumentId: z.string(),
  evidence,
  suggestedAt: z.string(),
  /** null: the message is not in this location any more. */
  glimpse: glimpse.nullable(),
});
export type SuggestionAnswer = z.infer<typeof suggestion>;

export const suggestionList = z.object({ suggestions: z.array(suggestion) });
export type SuggestionList = z.infer<typeof suggestionList>;

/** Which suggestion is dismissed. */
export const suggestionChoice = z.object({ location });
export type SuggestionChoice = z.infer<typeof suggestionChoice>;

/** Which suggestion is accepted; the contact as in `logByHandRequest`. */
export const suggestionAccepted = z.object({ location, contact: contactRef.nullable().default(null) });
export type SuggestionAccepted = z.infer<typeof suggestionAccepted>;
