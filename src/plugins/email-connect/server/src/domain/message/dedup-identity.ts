import { normalizeAddress } from '../address/address';
import { baseSubject } from '../subject/base-subject';
import type { MessageHeaders } from './message';

/**
 * The value that all copies of one message share, so that they make one record: its Message-ID; without a plausible
 * one, other properties that tell mails apart (c31). The second form begins with a word and a space, which a
 * Message-ID cannot, so that the two forms never collide. `size` in bytes.
 */
export const dedupIdentity = (headers: MessageHeaders, size: number): string => {
  if (headers.messageId !== null && isPlausible(headers.messageId)) return headers.messageId;
  return `synthetic ${JSON.stringify([authorOf(headers), headers.sentAt ?? '', headers.subject, size])}`;
};

/**
 * Differs between mails that carry one Message-ID (c32), and is the same for all copies of one mail: lists and
 * gateways tag the subject and rewrite the author of mail they pass on (c51), but leave its date.
 */
export const fingerprint = ({ sentAt, subject }: Pick<MessageHeaders, 'sentAt' | 'subject'>): string =>
  JSON.stringify([sentAt ?? '', baseSubject(subject)]);

const authorOf = (headers: MessageHeaders): string => normalizeAddress(headers.from[0]?.address ?? '');

/** Broken senders write the same `<@>`, `<id>` or `<localhost>` into every mail. */
const isPlausible = (messageId: string): boolean => /^[^@].*@.*[a-z0-9\]]/i.test(messageId);
