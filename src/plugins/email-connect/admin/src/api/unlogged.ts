import { explanation, type Explanation, type ExplainRequest } from '../../../shared/contracts/explanation';
import type { MessageLocation } from '../../../shared/contracts/location';
import {
  logByHandAnswer,
  type LogByHandAnswer,
  type LogByHandRequest,
} from '../../../shared/contracts/log-by-hand';
import { dryRunAnswer, type DryRunAnswer, type DryRunRequest } from '../../../shared/contracts/policy';
import {
  quarantineList,
  retryQuarantineAnswer,
  type QuarantineList,
  type RetryQuarantineAnswer,
} from '../../../shared/contracts/quarantine';
import { searchAnswer, type SearchAnswer, type SearchRequest } from '../../../shared/contracts/search';
import {
  suggestionList,
  type SuggestionAccepted,
  type SuggestionAnswer,
} from '../../../shared/contracts/suggestion';
import { endpoint, read, type Client } from './client';

const of = (inboxDocumentId: string, ...segments: string[]): string =>
  endpoint('inboxes', inboxDocumentId, ...segments);

/** Messages that could not be read, or are held back. */
export const loadQuarantine = (client: Client, inboxDocumentId: string): Promise<QuarantineList> =>
  read(client.get(of(inboxDocumentId, 'quarantine')), quarantineList);

/** null: all messages of the inbox. */
export const retryQuarantine = (
  client: Client,
  inboxDocumentId: string,
  location: MessageLocation | null
): Promise<RetryQuarantineAnswer> =>
  read(client.post(of(inboxDocumentId, 'quarantine', 'retry'), { location }), retryQuarantineAnswer);

/** Their headers are read from the mailbox for this answer. */
export const loadSuggestions = async (client: Client, inboxDocumentId: string): Promise<SuggestionAnswer[]> =>
  (await read(client.get(of(inboxDocumentId, 'suggestions')), suggestionList)).suggestions;

/** Resolves when the message is logged, at most 20 s later. */
export const acceptSuggestion = (
  client: Client,
  inboxDocumentId: string,
  request: SuggestionAccepted
): Promise<LogByHandAnswer> =>
  read(client.post(of(inboxDocumentId, 'suggestions', 'accept'), request), logByHandAnswer);

export const dismissSuggestion = async (
  client: Client,
  inboxDocumentId: string,
  location: MessageLocation
): Promise<void> => {
  await client.post(of(inboxDocumentId, 'suggestions', 'dismiss'), { location });
};

export const searchInbox = (
  client: Client,
  inboxDocumentId: string,
  request: SearchRequest
): Promise<SearchAnswer> => read(client.post(of(inboxDocumentId, 'search'), request), searchAnswer);

/** "Why is this mail (not) here?" (P9) */
export const explainMessage = (
  client: Client,
  inboxDocumentId: string,
  request: ExplainRequest
): Promise<Explanation> => read(client.post(of(inboxDocumentId, 'explain'), request), explanation);

/** Resolves when the message is logged, at most 20 s later. */
export const logByHand = (
  client: Client,
  inboxDocumentId: string,
  request: LogByHandRequest
): Promise<LogByHandAnswer> => read(client.post(of(inboxDocumentId, 'log'), request), logByHandAnswer);

/** Counts what would be logged; logs nothing. */
export const dryRun = (
  client: Client,
  inboxDocumentId: string,
  request: DryRunRequest
): Promise<DryRunAnswer> => read(client.post(of(inboxDocumentId, 'dry-run'), request), dryRunAnswer);
