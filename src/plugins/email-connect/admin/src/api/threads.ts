import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import { messagePage, type MessagePage } from '../../../shared/contracts/message';
import {
  linkedThread,
  thread,
  threadPage,
  type LinkedThread,
  type Thread,
  type ThreadPage,
  type ThreadStateRequest,
} from '../../../shared/contracts/thread';
import { endpoint, override, query, read, type Client } from './client';

/** A record's conversations, the latest first. */
export const loadThreads = (client: Client, ref: ContactRef, page: Page): Promise<ThreadPage> =>
  read(client.get(endpoint('records', ref.contactType, ref.documentId, 'threads'), query(page)), threadPage);

/** One conversation, without its messages. */
export const loadThread = (client: Client, documentId: string, overrides = false): Promise<LinkedThread> =>
  read(client.get(endpoint('threads', documentId), query(override(overrides))), linkedThread);

/**
 * The newest messages of a conversation, or those before the place that an earlier answer named; oldest first,
 * without bodies.
 */
export const loadMessages = (
  client: Client,
  documentId: string,
  { before, limit, overrides = false }: { before: string | null; limit: number; overrides?: boolean }
): Promise<MessagePage> =>
  read(
    client.get(
      endpoint('threads', documentId, 'messages'),
      query({ ...(before === null ? {} : { before }), limit, ...override(overrides) })
    ),
    messagePage
  );

/** Muted: mail that comes from now on is not logged. */
export const setThreadState = (
  client: Client,
  documentId: string,
  state: ThreadStateRequest['state']
): Promise<Thread> => read(client.post(endpoint('threads', documentId, 'state'), { state }), thread);

/** Deletes a conversation here and keeps it away for good. */
export const unlogThread = (client: Client, documentId: string): Promise<Thread> =>
  read(client.post(endpoint('threads', documentId, 'unlog')), thread);

/** Mail that comes to an un-logged conversation is logged again; deleted mail stays deleted. */
export const relogThread = (client: Client, documentId: string): Promise<Thread> =>
  read(client.post(endpoint('threads', documentId, 'relog')), thread);
