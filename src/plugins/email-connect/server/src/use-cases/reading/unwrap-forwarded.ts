import { readHeaderLine } from '../../../../shared/text/header-names';
import { parseForwarded } from '../../domain/forward/parse-forwarded';
import { emptyHeaders } from '../../domain/message/empty-headers';
import type { MessageHeaders, ParsedMessage } from '../../domain/message/message';
import type { MessageToRecord } from '../../ports';

/** The original of a forward, as if it had been received itself. */
export interface ForwardedOriginal {
  parsed: ParsedMessage;
  /** ISO: the original's own time, else the forward's. */
  receivedAt: string;
}

/**
 * The original that a mail to the log address forwards (S27): the attached message, else the one whose header block
 * stands in the text. null for a copy of the member's own mail (Bcc), and where no original can be told from the
 * forward.
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
    ...emptyHeaders,
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
  // The HTML is the forwarder's: shown as the original's, it would put words into the original sender's mouth.
  parsed: { ...parsed, headers, text, html: '' },
  receivedAt: headers.sentAt ?? forwardedAt,
});
