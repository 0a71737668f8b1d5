import { extractIds } from '../identification/extract-ids';
import { headerFields } from '../identification/header-fields';
import { recipientOf } from './delivery-status';
import { diagnosticOf } from './report-values';
import type { PartFindings } from './returned-part';

/**
 * A disposition notification (RFC 8098 3.1): someone's mail program reports what happened to a message. Displayed or
 * deleted unread, it had arrived: `delivered`, with the disposition as its diagnostic.
 */
export const readDisposition = (text: string): PartFindings => {
  const fields = headerFields(text);
  const first = (name: string): string => fields.get(name)?.[0] ?? '';
  const recipient = recipientOf(first('original-recipient'), first('final-recipient'));
  // `manual-action/MDN-sent-manually; displayed`: people need not read the mode.
  const disposition = first('disposition').split(';').at(-1) ?? '';
  const tells = recipient.address !== '' || disposition !== '';
  return {
    ids: extractIds(fields.get('original-message-id') ?? []),
    related: [],
    envelopeId: '',
    recipients: tells
      ? [{ ...recipient, action: 'delivered', status: '', diagnostic: diagnosticOf(disposition) }]
      : [],
  };
};
