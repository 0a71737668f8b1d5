import { readHeaderLine } from '../../../../shared/text/header-names';
import { parseForwarded } from '../../domain/forward/parse-forwarded';
import type { MessageHeaders, ParsedMessage } from '../../domain/message/message';
import type { MessageToRecord } from '../../ports';

/** The mail that was forwarded, as if it had been received itself. */
export interface ForwardedOriginal {
  parsed: ParsedMessage;
  /** ISO: its own time, else that of the forward. */
  receivedAt: string;
}

/**
 * What a mail to the log address forwards (S27): the message attached to it, else the one whose header block stands in
 * its text. null for a copy of one's own mail (Bcc), and where no original can be told from the forward.
 */
export const originalOf = ({
  direction,
  parsed,
  receivedAt,
}: Pick<MessageToRecord, 'direction' | 'parsed' | 'receivedAt'>): ForwardedOriginal | null => {
  if (direction !== 'incoming') return null;
  const [embedded] = parsed.embedded;
  if (embedded && embedded.from.length > 0) {
    const { text, ...headers } = embedded;
    return asReceived(parsed, headers, text, receivedAt);
  }
  const inline = parseForwarded(parsed.text, readHeaderLine, parsed.headers.sentZone);
  if (!inline) return null;
  const headers: MessageHeaders = {
    ...nothingSaid,
    from: [inline.from],
    to: inline.to,
    cc: inline.cc,
    subject: inline.subject,
    sentAt: inline.sentAt,
  };
  return asReceived(parsed, headers, inline.text, receivedAt);
};

const asReceived = (
  parsed: ParsedMessage,
  headers: MessageHeaders,
  text: string,
  forwardedAt: string
): ForwardedOriginal => ({
  // The forward's HTML is the forwarder's: shown as the original's it would put words into its sender's mouth.
  parsed: { ...parsed, headers, text, html: '' },
  receivedAt: headers.sentAt ?? forwardedAt,
});

/** A block in a text names people, subject and time; everything else stays unsaid. */
const nothingSaid: MessageHeaders = {
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
  authenticationResults: [],
};
