import {
  accessRequests,
  messageAccess,
  threadAccess,
  type AccessRequestList,
  type AnswerToAccessRequest,
  type ChooseLevelRequest,
  type MessageAccess,
  type ThreadAccess,
} from '../../../shared/contracts/access';
import { inboxWithFolders, type InboxWithFolders } from '../../../shared/contracts/inbox';
import type { LevelAnswer } from '../../../shared/contracts/level';
import { endpoint, read, type Client } from './client';

/** How much others are told of the mail of an inbox, from the next request on. */
export const chooseInboxLevel = (
  client: Client,
  documentId: string,
  request: ChooseLevelRequest
): Promise<InboxWithFolders> =>
  read(client.put(endpoint('inboxes', documentId, 'level'), request), inboxWithFolders);

/** Why the user sees what they see of a conversation, and what they can do about it. */
export const loadThreadAccess = (client: Client, documentId: string): Promise<ThreadAccess> =>
  read(client.get(endpoint('threads', documentId, 'access')), threadAccess);

/** null: none of its own. */
export const chooseThreadLevel = (
  client: Client,
  documentId: string,
  level: LevelAnswer | null
): Promise<ThreadAccess> =>
  read(client.put(endpoint('threads', documentId, 'level'), { level }), threadAccess);

/** What the user decides about who sees a message. */
export const loadMessageAccess = (client: Client, documentId: string): Promise<MessageAccess> =>
  read(client.get(endpoint('messages', documentId, 'access')), messageAccess);

/** null: none of its own. */
export const chooseMessageLevel = (
  client: Client,
  documentId: string,
  level: LevelAnswer | null
): Promise<MessageAccess> =>
  read(client.put(endpoint('messages', documentId, 'level'), { level }), messageAccess);

/** Asks the owners to show more of a conversation. */
export const askForMore = (client: Client, documentId: string): Promise<ThreadAccess> =>
  read(client.post(endpoint('threads', documentId, 'access-requests')), threadAccess);

/** The open questions of colleagues that the user may answer. */
export const loadAccessRequests = (client: Client): Promise<AccessRequestList> =>
  read(client.get(endpoint('access-requests')), accessRequests);

/** Resolves with the questions that are still open. */
export const answerAccessRequest = (
  client: Client,
  id: number,
  request: AnswerToAccessRequest
): Promise<AccessRequestList> =>
  read(client.post(endpoint('access-requests', String(id)), request), accessRequests);
