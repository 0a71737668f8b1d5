import type { MessageSummary } from '../../../../shared/contracts/message';

/**
 * Only a letter that its recipients have, or that came here: with any other, they would get an answer to a mail they
 * never saw. And only one that the user is told in full (S42).
 */
export const isAnswerable = ({ level, notice, deliveryStatus }: MessageSummary): boolean =>
  level === 'full' &&
  notice === null &&
  (deliveryStatus === null || deliveryStatus === 'sent' || deliveryStatus === 'delayed');

/** The message that Reply answers: the newest that can be answered. */
export const newestAnswerable = (messages: readonly MessageSummary[]): MessageSummary | undefined =>
  messages.findLast(isAnswerable);

/**
 * The message that a mail which did not go out answers when it is sent anew: the newest that could be answered before
 * it.
 */
export const answeredAgain = (
  messages: readonly MessageSummary[],
  { documentId }: Pick<MessageSummary, 'documentId'>
): MessageSummary | undefined => {
  const at = messages.findIndex((message) => message.documentId === documentId);
  return newestAnswerable(messages.slice(0, Math.max(at, 0)));
};
