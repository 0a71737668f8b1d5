import { z } from 'zod';
import { glimpse, location } from './location';
import { nobody } from './nobody';
import { quarantinedMessage } from './quarantine';

export const verdictKind = z.enum(['log', 'known', 'inspect', 'ask', 'unlog', 'hold', 'ignore']);
export type VerdictKind = z.infer<typeof verdictKind>;

export const ignoreReason = z.enum([
  'no-known-reference',
  'thread-unlogged',
  'thread-muted',
  'contact-paused',
  'never-log-rule',
  'side-conversation',
  'draft',
  'removed',
  'unknown-own-id',
]);

export const decisionStep = z.object({
  /** The name of the step. */
  step: z.enum([
    'draft',
    'recorded',
    'removed',
    'folder-role',
    'by-hand',
    'log-address',
    'never-log-rule',
    'own-id',
    'in-reply-to',
    'references',
    'thread-index',
    'original-id',
    'server-thread',
    'returned-part',
    'subject',
    'known-contact',
    'thread-state',
    'contact-paused',
    'side-conversation',
    'nothing',
  ]),
  outcome: z.enum(['decided', 'passed']),
  /** The header field that the step looked at, and the value in it that mattered; '' for none. */
  header: z.string(),
  value: z.string(),
  /** The never-log rule that decided; null in any other step. */
  ruleDocumentId: z.string().nullable(),
  /** One plain sentence. */
  detail: z.string(),
});
export type DecisionStepAnswer = z.infer<typeof decisionStep>;

/** The verdict on a message as it lies in the mailbox now. */
export const verdictAnswer = z.object({
  kind: verdictKind,
  /** null unless the message is ignored. */
  reason: ignoreReason.nullable(),
  /** LOG_SENDER_UNKNOWN or LOG_SENDER_UNVERIFIED for a held message, '' otherwise. */
  code: z.string(),
  /** The conversation that the message belongs to, would be logged into or is suggested for. */
  threadDocumentId: z.string().nullable(),
  /** The record of the message; null when there is none. */
  messageDocumentId: z.string().nullable(),
});
export type VerdictAnswer = z.infer<typeof verdictAnswer>;

/**
 * A Message-ID with or without brackets is looked for in every watched folder. `asSuggested`: `nobody` is answered for
 * the conversation that is suggested for the message.
 */
export const explainRequest = z.union([
  z.object({ location, asSuggested: z.boolean().optional() }),
  z.object({ messageId: z.string().trim().min(3).max(998) }),
]);
export type ExplainRequest = z.infer<typeof explainRequest>;

/**
 * Whether the message was read so far: `not-yet`: the next check reads it; `before-connection`: it is older than the
 * connection, only a backfill reads it (S7); `not-watched`: its folder is not read at all.
 */
export const readingState = z.enum(['read', 'not-yet', 'before-connection', 'not-watched']);

/** "Why is this mail (not) here?" (P9) */
export const explanation = z.object({
  /** One plain sentence that answers the question. */
  answer: z.string(),
  /** Where the message was found; the first location is explained; empty when it is in no watched folder. */
  foundIn: z.array(location),
  /** The folders that were searched. */
  searched: z.array(z.string()),
  /** Folders that could not be opened. */
  unreadable: z.array(z.string()),
  /** All fields below are null or empty when it was not found. */
  glimpse: glimpse.nullable(),
  reading: readingState.nullable(),
  verdict: verdictAnswer.nullable(),
  /** In the order in which they were asked; the last one decided. */
  steps: z.array(decisionStep),
  quarantine: quarantinedMessage.nullable(),
  /** null: it would stand on a contact if it were logged now, or it is not to be logged. */
  nobody: nobody.nullable(),
});
export type Explanation = z.infer<typeof explanation>;
