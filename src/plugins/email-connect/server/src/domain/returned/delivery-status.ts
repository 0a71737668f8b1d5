import { extractIds } from '../identification/extract-ids';
import { headerFields } from '../identification/header-fields';
import type { DeliveryReport } from '../message/message';
import { actionOf, addressIn, diagnosticOf, statusIn } from './report-values';
import type { PartFindings } from './returned-part';

type Fields = ReadonlyMap<string, readonly string[]>;

const RECIPIENT_FIELDS = ['final-recipient', 'original-recipient', 'action'];

/**
 * A delivery status (RFC 3464 2, RFC 6533): groups of fields, the first about the message, one more for each
 * recipient. Servers forget the empty lines between them, so one group may describe the message and several
 * recipients.
 */
export const readDeliveryStatus = (text: string): PartFindings => {
  const groups = text
    .replaceAll('\r', '')
    .split(/\n[ \t]*\n/)
    .map(headerFields);
  return {
    ids: groups.flatMap((fields) =>
      extractIds([...valuesOf(fields, 'original-message-id'), ...valuesOf(fields, 'x-original-message-id')])
    ),
    related: [],
    envelopeId: envelopeIdIn(groups.flatMap((fields) => valuesOf(fields, 'original-envelope-id'))),
    recipients: groups.flatMap(recipientsIn),
  };
};

const valuesOf = (fields: Fields, name: string): readonly string[] => fields.get(name) ?? [];

const LONGEST_ENVELOPE_ID = 400; // RFC 3461 4.4: 100 characters, each at most four in xtext

/** The first value that is given, without the brackets that some servers put around it. */
export const envelopeIdIn = (values: readonly string[]): string =>
  values
    .map((value) =>
      value
        .trim()
        .slice(0, LONGEST_ENVELOPE_ID)
        .replace(/^<([^<>]*)>$/, '$1')
    )
    .find((value) => value !== '') ?? '';

const recipientsIn = (fields: Fields): DeliveryReport[] => {
  const count = Math.max(...RECIPIENT_FIELDS.map((name) => valuesOf(fields, name).length));
  return Array.from({ length: count }, (_, at) => recipientAt(fields, at));
};

/** The address that the mail was sent to; a forward may have changed the final recipient (RFC 3464 2.3.1). */
export const recipientOf = (
  originalRecipient: string,
  finalRecipient: string
): Pick<DeliveryReport, 'address' | 'forwardedTo'> => {
  const [original, final] = [addressIn(originalRecipient), addressIn(finalRecipient)];
  return { address: original || final, forwardedTo: original === '' || final === original ? '' : final };
};

const recipientAt = (fields: Fields, at: number): DeliveryReport => {
  const value = (name: string): string => valuesOf(fields, name)[at] ?? '';
  const diagnostic = value('diagnostic-code');
  const status = statusIn(value('status')) || statusIn(diagnostic);
  return {
    ...recipientOf(value('original-recipient'), value('final-recipient')),
    action: actionOf(value('action'), status),
    status,
    diagnostic: diagnosticOf(diagnostic),
  };
};
