import type { MessageId } from '../identification/message-id';
import { directionOf } from '../message/direction';
import type { Candidate } from '../message/message';
import type { SpecialUse } from '../sync/folder';
import type { DecisionContext } from './decision-context';

/** The user's own mailbox filed it as sent: in its folder for that, or under Gmail's label. */
export const isFiledAsSent = ({ labels }: Pick<Candidate, 'labels'>, folderUse: SpecialUse | null): boolean =>
  folderUse === 'sent' || labels.includes('sent');

/**
 * The ids that a mail goes by which was handed over here and filed as sent: its own, and those that a server replaced.
 * [] for any other mail: whoever received a mail of ours knows its id, its token, its date and its subject, and may
 * write them where they like (S44). What was delivered was not handed over here: some servers deliver mail for
 * `user+Sent@domain` into Sent, and a redirected mail is filed there with the fields of its delivery. Nor was what
 * somebody else wrote, which a person may have moved there.
 */
export const handedOverIds = (
  candidate: Pick<Candidate, 'labels' | 'headers'>,
  { folderUse, inboxAddress }: Pick<DecisionContext, 'folderUse' | 'inboxAddress'>
): MessageId[] => {
  const { headers } = candidate;
  const { messageId, originalMessageIds, deliveredTo } = headers;
  const isOurs =
    isFiledAsSent(candidate, folderUse) &&
    deliveredTo.length === 0 &&
    directionOf(headers, inboxAddress) === 'outgoing';
  return isOurs ? [...(messageId === null ? [] : [messageId]), ...originalMessageIds] : [];
};
