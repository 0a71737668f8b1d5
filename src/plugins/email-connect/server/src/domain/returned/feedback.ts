import { extractIds } from '../identification/extract-ids';
import { headerFields } from '../identification/header-fields';
import type { DeliveryReport } from '../message/message';
import { envelopeIdIn } from './delivery-status';
import { addressIn, diagnosticOf } from './report-values';
import type { PartFindings } from './returned-part';

/**
 * An abuse report (RFC 5965 3): mail that people report as spam had arrived, so `delivered`; the kind of complaint is
 * its diagnostic.
 */
export const readFeedback = (text: string): PartFindings => {
  const fields = headerFields(text);
  const all = (name: string): string[] => fields.get(name) ?? [];
  const diagnostic = diagnosticOf(all('feedback-type')[0] ?? '');
  return {
    ids: extractIds(all('original-message-id')),
    related: [],
    envelopeId: envelopeIdIn(all('original-envelope-id')),
    recipients: all('original-rcpt-to').map((value): DeliveryReport => ({
      address: addressIn(value),
      forwardedTo: '',
      action: 'delivered',
      status: '',
      diagnostic,
    })),
  };
};
