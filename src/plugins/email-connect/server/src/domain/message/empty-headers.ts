import type { MessageHeaders } from './message';

/** The headers of a message that says nothing of itself. */
export const emptyHeaders: MessageHeaders = {
  messageId: null,
  inReplyTo: [],
  references: [],
  originalMessageIds: [],
  threadIndexRoot: null,
  from: [],
  sender: [],
  replyTo: [],
  to: [],
  cc: [],
  subject: '',
  sentAt: null,
  sentZone: null,
  contentType: '',
  autoSubmitted: '',
  precedence: '',
  listId: '',
  returnPath: null,
  failedRecipients: '',
  autoReplyMarks: [],
  deliveredTo: [],
};
