import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import { thread, threadPage, type Thread, type ThreadPage } from '../../../shared/contracts/thread';
import { endpoint, query, read, type Client } from './client';

/** A record's conversations, the latest first. */
export const loadThreads = (client: Client, ref: ContactRef, page: Page): Promise<ThreadPage> =>
  read(client.get(endpoint('records', ref.contactType, ref.documentId, 'threads'), query(page)), threadPage);

/** One conversation with its messages, oldest first. */
export const loadThread = (client: Client, documentId: string): Promise<Thread> =>
  read(client.get(endpoint('threads', documentId)), thread);
