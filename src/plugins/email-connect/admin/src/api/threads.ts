import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import {
  thread,
  threadPage,
  type Thread,
  type ThreadPage,
  type ThreadStateRequest,
} from '../../../shared/contracts/thread';
import { endpoint, query, read, type Client } from './client';

/** A record's conversations, the latest first. */
export const loadThreads = (client: Client, ref: ContactRef, page: Page): Promise<ThreadPage> =>
  read(client.get(endpoint('records', ref.contactType, ref.documentId, 'threads'), query(page)), threadPage);

/** One conversation with its messages, oldest first. */
export const loadThread = (client: Client, documentId: string): Promise<Thread> =>
  read(client.get(endpoint('threads', documentId)), thread);

/** Muted: what comes from now on is not logged. */
export const setThreadState = (
  client: Client,
  documentId: string,
  state: ThreadStateRequest['state']
): Promise<Thread> => read(client.post(endpoint('threads', documentId, 'state'), { state }), thread);

/** Deletes a conversation here and keeps it away for good. */
export const unlogThread = (client: Client, documentId: string): Promise<Thread> =>
  read(client.post(endpoint('threads', documentId, 'unlog')), thread);

/** What comes to an un-logged conversation is logged again; what was deleted stays so. */
export const relogThread = (client: Client, documentId: string): Promise<Thread> =>
  read(client.post(endpoint('threads', documentId, 'relog')), thread);
