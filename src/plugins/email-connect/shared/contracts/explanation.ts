import { z } from 'zod';
import { glimpse, location } from './location';
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
  /** What was asked. */
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
  /** The header field looked at, and what in it mattered; '' for none. */
  header: z.string(),
  value: z.string(),
  /** The never-log rule that decided; null in any other step. */
  ruleDocumentId: z.string().nullable(),
  /** One plain sentence. */
  detail: z.string(),
});
export type DecisionStepAnswer = z.infer<typeof decisionStep>;

/** What is decided on a message as it lies in the mailbox now. */
export const verdictAnswer = z.object({
  kind: verdictKind,
  /** null unless it is ignored. */
  reason: ignoreReason.nullable(),
  /** LOG_SENDER_UNKNOWN or LOG_SENDER_UNVERIFIED when it is held, '' otherwise. */
  code: z.string(),
  /** The conversation it belongs to, would be logged into or is suggested for. */
  threadDocumentId: z.string().nullable(),
  /** The record of it; null when there is none. */
  messageDocumentId: z.string().nullable(),
});
export type VerdictAnswer = z.infer<typeof verdictAnswer>;

/** A Message-ID with or without brackets is looked for in every watched folder. */
export const explainRequest = z.union([
  z.object({ location }),
  z.object({ messageId: z.string().trim().min(3).max(998) }),
]);
export type ExplainRequest = z.infer<typeof explainRequest>;

/**
 * Whether it was read so far: `not-yet`: the next check does; `before-connection`: it is older than that, a backfill reads
 * it (S7); `not-watched`: its folder is not read at all.
 */
export const readingState = z.enum(['read', 'not-yet', 'before-connection', 'not-watched']);

/** "Why is this mail (not) here?" (P9) */
export const explanation = z.object({
  /** One plain sentence that answers the question. */
  answer: z.string(),
  /** Where it was found, the first of them explained; empty when it is in no watched folder. */
  foundIn: z.array(location),
  /** Which folders were looked into. */
  searched: z.array(z.string()),
  /** Folders that could not be opened. */
  unreadable: z.array(z.string()),
  /** All below is null or empty when it was not found. */
  glimpse: glimpse.nullable(),
  reading: readingState.nullable(),
  verdict: verdictAnswer.nullable(),
  /** In the order in which they were asked; the last one decided. */
  steps: z.array(decisionStep),
  quarantine: quarantinedMessage.nullable(),
});
export type Explanation = z.infer<typeof explanation>;
