import { z } from 'zod';
import { contactRef } from './contact-ref';

export const threadSummary = z.object({
  documentId: z.string(),
  /** null: not told. */
  subject: z.string().nullable(),
  state: z.enum(['open', 'muted', 'unlogged']),
  lastMessageAt: z.string(),
  lastDirection: z.enum(['incoming', 'outgoing']),
  messageCount: z.number(),
  attachmentCount: z.number(),
  /** The first 160 characters of the newest message's text; '' where it is not told. */
  preview: z.string(),
  /** Display name or address of the last author. */
  lastFrom: z.string(),
  /**
   * The state of mail still on its way, or how the newest mail ended if it did not arrive; null for nothing to show.
   */
  sending: z.enum(['asked', 'held', 'unknown', 'queued', 'failed', 'bounced']).nullable(),
});
export type ThreadSummary = z.infer<typeof threadSummary>;

export const threadPage = z.object({ threads: z.array(threadSummary), total: z.number() });
export type ThreadPage = z.infer<typeof threadPage>;

/** A conversation without its messages: those are read in pages. */
export const thread = threadSummary.extend({
  inboxDocumentId: z.string(),
  /** The conversation from which this one split off when its subject changed; null for none. */
  continuesDocumentId: z.string().nullable(),
  contacts: z.array(contactRef),
});
export type Thread = z.infer<typeof thread>;

/** A conversation as its page shows it, with the way to those that go on with it. */
export const linkedThread = thread.extend({
  /** Conversations that split off from this one, of which the caller sees anything; newest first, 20 at most. */
  continuedBy: z.array(threadSummary.pick({ documentId: true, subject: true })),
});
export type LinkedThread = z.infer<typeof linkedThread>;

/** `muted`: mail that comes from now on is not logged. Un-logging is a separate request, for it cannot be undone. */
export const threadStateRequest = z.object({ state: z.enum(['open', 'muted']) });
export type ThreadStateRequest = z.infer<typeof threadStateRequest>;

/** The answer to a change of a message: the conversation that it is in, or was in. */
export const messageChangeAnswer = z.object({ threadDocumentId: z.string() });
export type MessageChangeAnswer = z.infer<typeof messageChangeAnswer>;
