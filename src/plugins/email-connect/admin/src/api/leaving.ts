import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import {
  deletionQuestion,
  type DeletionChoice,
  type DeletionQuestion,
} from '../../../shared/contracts/deletion';
import { threadPage, type ThreadPage } from '../../../shared/contracts/thread';
import { endpoint, query, read, type Client } from './client';

/** What is to be asked before the record is deleted. */
export const loadDeletion = (client: Client, ref: ContactRef): Promise<DeletionQuestion> =>
  read(client.get(endpoint('records', ref.contactType, ref.documentId, 'deletion')), deletionQuestion);

/** For when this user deletes the record right afterwards. */
export const chooseDeletion = async (
  client: Client,
  ref: ContactRef,
  choice: DeletionChoice
): Promise<void> => {
  await client.put(endpoint('records', ref.contactType, ref.documentId, 'deletion'), choice);
};

/** Conversations with mail that stands on no record: of the user's own inboxes, or of all for whoever manages them. */
export const loadUnassigned = (client: Client, page: Page): Promise<ThreadPage> =>
  read(client.get(endpoint('unassigned-threads'), query(page)), threadPage);
