import type { MessageId } from '../identification/message-id';
import type { DeliveryReport } from '../message/message';

/** One piece of an automatic message, its transfer encoding undone. Only ids, recipients and statuses are taken from it (P6). */
export interface ReturnedPart {
  /**
   * `header`: the header of the returned mail (message/rfc822, text/rfc822-headers); `delivery-status` (RFC 3464),
   * `disposition` (RFC 8098), `feedback` (RFC 5965): a machine-readable report; `text`: a notice written for people.
   */
  kind: 'header' | 'delivery-status' | 'disposition' | 'feedback' | 'text';
  text: string;
}

/** What one part tells. */
export interface PartFindings {
  /** Ids of the returned mail itself. */
  ids: MessageId[];
  /** Ids of mails that the returned mail answers, from the same thread, the nearest first. */
  related: MessageId[];
  envelopeId: string;
  recipients: DeliveryReport[];
}

export const noFindings: PartFindings = { ids: [], related: [], envelopeId: '', recipients: [] };
