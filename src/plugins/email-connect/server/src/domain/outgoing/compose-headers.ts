import { bracketed } from '../identification/message-id';
import type { MessageId } from '../identification/message-id';
import { threadTopic } from '../subject/base-subject';
import type { OutgoingHeaders } from './outgoing';

/** Outlook cuts References at 1,000 bytes; a shorter field keeps all our ids. */
const MOST_REFERENCES_BYTES = 900;
const MOST_EARLIER = 20;

/**
 * The header fields that let a reply be found (RFC 5322 3.6.4, MS-OXOMSG 2.2.1.3). References: the thread token, then
 * as many of the nearest `earlier` ids as fit, oldest first, then the id that is answered.
 */
export const composeHeaders = (input: {
  messageId: MessageId;
  threadToken: MessageId;
  threadIndexBase64: string;
  subject: string;
  answers: MessageId | null;
  /** Message-IDs of the thread, oldest first. */
  earlier: readonly MessageId[];
}): OutgoingHeaders => {
  const { messageId, threadToken, answers } = input;
  const ends = answers === null || answers === threadToken ? [threadToken] : [threadToken, answers];
  const between = nearest(ancestors(input.earlier, answers, new Set([...ends, messageId])), bytesOf(ends));
  return {
    messageId,
    inReplyTo: answers,
    references: [threadToken, ...between, ...ends.slice(1)],
    threadIndex: input.threadIndexBase64,
    threadTopic: threadTopic(input.subject),
  };
};

/** Messages that came after the answered one in the thread are not its ancestors. */
const ancestors = (
  earlier: readonly MessageId[],
  answers: MessageId | null,
  taken: ReadonlySet<MessageId>
): MessageId[] => {
  const until = answers === null ? -1 : earlier.indexOf(answers);
  const before = until < 0 ? earlier : earlier.slice(0, until);
  return [...new Set(before)].filter((id) => !taken.has(id));
};

const nearest = (ids: readonly MessageId[], usedBytes: number): MessageId[] => {
  const kept: MessageId[] = [];
  let bytes = usedBytes;
  for (const id of ids.slice(-MOST_EARLIER).reverse()) {
    bytes += bytesOf([id]);
    if (bytes >= MOST_REFERENCES_BYTES) break;
    kept.unshift(id);
  }
  return kept;
};

/** With brackets and the white space between two ids. */
const bytesOf = (ids: readonly MessageId[]): number =>
  ids.reduce((sum, id) => sum + new TextEncoder().encode(bracketed(id)).length + 1, 0);
