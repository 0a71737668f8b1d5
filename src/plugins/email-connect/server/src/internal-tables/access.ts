import { code, documentId, flag, instant, integer, internalTable } from './columns';

/** Which inboxes hold a message, and whose level decides: `domain/access/holding`. Apart from where copies lie, and for good. */
export const holding = internalTable('holding', 'email_connect_holdings', {
  messageId: integer(),
  threadId: integer(),
  inboxDocumentId: documentId(),
  holds: flag(),
  decides: flag(),
});

/** Levels that an owner chose for a conversation or a message, stricter than their inbox's. */
export const stricterLevel = internalTable('stricter-level', 'email_connect_levels', {
  threadId: integer(),
  /** 0: the whole conversation. */
  messageId: integer(),
  inboxDocumentId: documentId(),
  /** `domain/access/level` */
  level: code(20),
});

/**
 * Rules that met a message when it was recorded, for each inbox that decides about it and at which they hold. How much
 * they leave to others stands in the rule alone: what is changed there holds at once, and ends with it.
 */
export const ruleMatch = internalTable('rule-match', 'email_connect_rule_matches', {
  messageId: integer(),
  threadId: integer(),
  inboxDocumentId: documentId(),
  ruleDocumentId: documentId(),
});

/** Who asked the owner of an inbox to see more of a conversation, and the answer. */
export const accessRequest = internalTable('access-request', 'email_connect_access_requests', {
  threadId: integer(),
  inboxDocumentId: documentId(),
  userDocumentId: documentId(),
  /** open, granted, refused */
  state: code(20),
  askedAt: instant(),
  answeredAt: instant(),
  answeredBy: documentId(),
});
