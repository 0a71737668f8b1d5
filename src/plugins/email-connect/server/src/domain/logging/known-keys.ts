import { canonicalMessageId } from '../identification/message-id';
import type { MessageId } from '../identification/message-id';
import { dedupIdentity } from '../message/dedup-identity';
import type { Candidate } from '../message/message';

/** All ids whose records matter for this message, nearest first, each once. */
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

/** The id that we gave as ENVID (RFC 3461 4.4), if a report returns it. */
export const envelopeIdOf = (envelopeId: string): MessageId[] => {
  const id = canonicalMessageId(envelopeId);
  return id === null ? [] : [id];
};

/**
 * The key of the thread that a message begins when nothing it cites is known: the oldest mail it cites, else the
 * message itself. A conversation that is logged twice, or from two inboxes, gets the same key.
 */
export const rootKeyOf = ({ headers, size }: Pick<Candidate, 'headers' | 'size'>): string =>
  `root ${headers.references[0] ?? headers.inReplyTo.at(-1) ?? dedupIdentity(headers, size)}`;

/** The key of the thread that splits off another one under a new subject (c38, c39). */
export const splitKeyOf = (threadDocumentId: string, baseSubject: string): string =>
  `split ${threadDocumentId} ${baseSubject}`;
