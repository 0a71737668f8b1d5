import { z } from 'zod';
import {
  inbox,
  inboxWithFolders,
  providerPreset,
  seenInbox,
  seenInboxPage,
  type ChooseFoldersRequest,
  type ConnectInboxRequest,
  type EditInboxRequest,
  type InboxAnswer,
  type InboxAction,
  type InboxWithFolders,
  type SeenInbox,
  type SeenInboxPage,
} from '../../../shared/contracts/inbox';
import type { ChoosePolicyRequest } from '../../../shared/contracts/policy';
import { endpoint, query, read, type Client } from './client';

const inboxList = z.object({ inboxes: z.array(seenInbox) });
const presetAnswer = z.object({ preset: providerPreset.nullable(), presets: z.array(providerPreset) });
export type PresetAnswer = z.infer<typeof presetAnswer>;

/** All inboxes: the user's own, and those that they manage, with their settings. */
export const loadInboxes = async (client: Client): Promise<SeenInbox[]> =>
  (await read(client.get(endpoint('inboxes')), inboxList)).inboxes;

export const loadInbox = (client: Client, documentId: string): Promise<SeenInboxPage> =>
  read(client.get(endpoint('inboxes', documentId)), seenInboxPage);

/** The servers of an address's provider (null when it is not known) and of every known provider. */
export const loadPresets = (client: Client, address: string): Promise<PresetAnswer> =>
  read(client.get(endpoint('presets'), query({ address })), presetAnswer);

export const connectInbox = (client: Client, request: ConnectInboxRequest): Promise<InboxAnswer> =>
  read(client.post(endpoint('inboxes'), request), inbox);

/** Also connects a disconnected inbox again. An empty password keeps the stored one. */
export const editInbox = (
  client: Client,
  documentId: string,
  request: EditInboxRequest
): Promise<InboxAnswer> => read(client.put(endpoint('inboxes', documentId), request), inbox);

export const chooseFolders = (
  client: Client,
  documentId: string,
  request: ChooseFoldersRequest
): Promise<InboxWithFolders> =>
  read(client.put(endpoint('inboxes', documentId, 'folders'), request), inboxWithFolders);

export const actOnInbox = (client: Client, documentId: string, action: InboxAction): Promise<InboxAnswer> =>
  read(client.post(endpoint('inboxes', documentId, 'actions', action)), inbox);

export const choosePolicy = (
  client: Client,
  documentId: string,
  request: ChoosePolicyRequest
): Promise<InboxWithFolders> =>
  read(client.put(endpoint('inboxes', documentId, 'policy'), request), inboxWithFolders);
