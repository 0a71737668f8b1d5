import { canonicalMessageId } from '../identification/message-id';
import type { MessageId } from '../identification/message-id';
import { dedupIdentity } from '../message/dedup-identity';
import type { Candidate } from '../message/message';

/** All ids whose records would bear on this message, nearest first, each once. */
export const knownKeys = ({ headers, returned }: Candidate): MessageId[] => [
  ...new Set([
    ...(headers.messageId === null ? [] : [headers.messageId]),
    ...headers.originalMessageIds,
    ...headers.inReplyTo,
    ...[...headers.references].reverse(),
    ...(returned?.messageIds ?? []),
    ...(returned ? envelopeIdOf(returned.envelopeId) : []),
  ]),
];

/** The id that we gave as ENVID (RFC 3461 4.4), where a report brings it back. */
export const envelopeIdOf = (envelopeId: string): MessageId[] => {
  const id = canonicalMessageId(envelopeId);
  return id === null ? [] : [id];
};

/**
 * The key of the thread that a message begins when nothing it cites is known: the oldest mail it cites, else itself.
 * A conversation that is logged twice, or from two inboxes, meets itself.
 */
export const rootKeyOf = ({ headers, size }: Pick<Candidate, 'headers' | 'size'>): string =>
  `root ${headers.references[0] ?? headers.inReplyTo.at(-1) ?? dedupIdentity(headers, size)}`;

/** The key of what splits off a thread under another subject (c38, c39). */
export const splitKeyOf = (threadDocumentId: string, baseSubject: string): string =>
  `split ${threadDocumentId} ${baseSubject}`;
