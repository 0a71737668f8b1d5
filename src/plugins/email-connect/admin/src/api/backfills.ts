import {
  backfillAnswer,
  type BackfillProgress,
  type BackfillAction,
  type BeginBackfillRequest,
} from '../../../shared/contracts/backfill';
import { endpoint, read, type Client } from './client';

const answered = async (answer: Promise<{ data: unknown }>): Promise<{ backfill: BackfillProgress | null }> =>
  read(answer, backfillAnswer);

/** The last backfill that was asked for, in an object: null means that there never was one. */
export const loadBackfill = (client: Client, inboxDocumentId: string) =>
  answered(client.get(endpoint('inboxes', inboxDocumentId, 'backfill')));

export const beginBackfill = (client: Client, inboxDocumentId: string, request: BeginBackfillRequest) =>
  answered(client.post(endpoint('inboxes', inboxDocumentId, 'backfill'), request));

export const actOnBackfill = (client: Client, inboxDocumentId: string, action: BackfillAction) =>
  answered(client.post(endpoint('inboxes', inboxDocumentId, 'backfill', action)));
