import { assertOneLine, normalizeAddress, parseRecipient } from '../address/address';
import { EmailConnectError } from '../errors';
import type { Address } from '../message/message';
import type { Draft } from './outgoing';

const MOST_RECIPIENTS = 500;

/** As a person typed it: addresses as `a@b` or `Name <a@b>`. */
export interface TypedDraft {
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  text: string;
  html: string;
}

/**
 * A checked draft. Each recipient stays once, where it is most visible: To, then Cc, then Bcc. Throws
 * ADDRESS_INVALID, HEADER_INJECTION for a line break in an address or the subject (S37), and INPUT_INVALID for no
 * recipient or more than 500.
 */
export const validateDraft = (input: TypedDraft): Draft => {
  assertOneLine(input.subject);
  assertCount(input.to.length + input.cc.length + input.bcc.length);
  const seen = new Set<string>();
  const parse = (recipients: readonly string[]): Address[] =>
    recipients.map(parseRecipient).filter(({ address }) => {
      const key = normalizeAddress(address);
      return !seen.has(key) && Boolean(seen.add(key));
    });
  return {
    to: parse(input.to),
    cc: parse(input.cc),
    bcc: parse(input.bcc),
    subject: input.subject.trim(),
    text: input.text,
    html: input.html,
  };
};

const assertCount = (count: number): void => {
  if (count === 0) {
    throw new EmailConnectError('INPUT_INVALID', 'This mail has no recipient.', 'Add at least one address.');
  }
  if (count > MOST_RECIPIENTS) {
    throw new EmailConnectError(
      'INPUT_INVALID',
      `This mail has ${count} recipients; one mail goes to at most ${MOST_RECIPIENTS}.`,
      'Send it to fewer people at a time.'
    );
  }
};
