import { normalizeAddress } from '../address/address';
import { baseSubject } from '../subject/base-subject';
import type { MessageHeaders } from './message';

/**
 * What makes all sightings of a message one record: its Message-ID; without a plausible one, what else tells mails
 * apart (c31). The second form begins with a word and a space, which no Message-ID can, so that neither is ever taken
 * for the other. `size` in bytes.
 */
export const dedupIdentity = (headers: MessageHeaders, size: number): string => {
  if (headers.messageId !== null && isPlausible(headers.messageId)) return headers.messageId;
  return `synthetic ${JSON.stringify([authorOf(headers), headers.sentAt ?? '', headers.subject, size])}`;
};

/**
 * Tells apart different mails that carry one Message-ID (c32), and is the same for all copies of one: lists and
 * gateways tag the subject and rewrite the author of what they pass on (c51), but leave its date.
 */
export const fingerprint = ({ sentAt, subject }: Pick<MessageHeaders, 'sentAt' | 'subject'>): string =>
  JSON.stringify([sentAt ?? '', baseSubject(subject)]);

const authorOf = (headers: MessageHeaders): string => normalizeAddress(headers.from[0]?.address ?? '');

/** Broken senders write the same `<@>`, `<id>` or `<localhost>` into every mail. */
const isPlausible = (messageId: string): boolean => /^[^@].*@.*[a-z0-9\]]/i.test(messageId);
