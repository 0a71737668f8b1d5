import { z } from 'zod';
import { inbox, type InboxAnswer } from '../../../shared/contracts/inbox';
import {
  ownership,
  type JudgeAddressRequest,
  type NameOthersRequest,
  type Ownership,
} from '../../../shared/contracts/ownership';
import { endpoint, read, type Client } from './client';

/** Whose an inbox is, and who uses it besides. */
export const loadOwnership = (client: Client, inboxDocumentId: string): Promise<Ownership> =>
  read(client.get(endpoint('inboxes', inboxDocumentId, 'ownership')), ownership);

export const nameOthers = (
  client: Client,
  inboxDocumentId: string,
  named: NameOthersRequest['named']
): Promise<Ownership> =>
  read(client.put(endpoint('inboxes', inboxDocumentId, 'named'), { named }), ownership);

/** A manager says whether the inbox's address is the team's. */
export const judgeAddress = (
  client: Client,
  inboxDocumentId: string,
  judged: JudgeAddressRequest
): Promise<InboxAnswer> =>
  read(client.put(endpoint('inboxes', inboxDocumentId, 'team-address'), judged), inbox);

/** The user may not be allowed to see whose it is afterwards. */
export const handOver = (
  client: Client,
  inboxDocumentId: string,
  ownerDocumentId: string
): Promise<{ handedOver: boolean }> =>
  read(
    client.put(endpoint('inboxes', inboxDocumentId, 'owner'), { ownerDocumentId }),
    z.object({ handedOver: z.boolean() })
  );
