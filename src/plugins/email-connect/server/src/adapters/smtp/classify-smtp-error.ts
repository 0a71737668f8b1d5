import { EmailConnectError } from '../../domain/errors';
import type { ErrorCode } from '../../domain/errors';
import { classifyNetworkError, protocolMismatch, tlsNotOffered } from '../../net/classify-network-error';
import { errorNumber, errorText, foreignError } from '../../net/foreign-error';
import { classifyLoginRefusal, loginNotOffered } from '../../net/login-refusal';
import { shorten } from '../../net/shorten';
import type { RefusedRecipient, ServerAccess } from '../../ports';

/** RFC 3463 3.3-3.4: message too big for the system or the mailbox; and words of servers without such codes. */
const TOO_LARGE =
  /\b5\.3\.4\b|\b5\.2\.3\b|^552\b(?!.*5\.2\.2)|message (size )?(is )?(too (large|big)|larger than|exceeds)|size limit/i;

/** The sender's own address is refused; Microsoft 365 and Gmail say so only after DATA. */
const SENDER =
  /sendasdenied|5\.7\.60\b|5\.2\.252\b|not allowed to send as|sender (address )?(rejected|not allowed|denied)/i;

/** A quota of this sender: the mail can go out on another day. */
const QUOTA =
  /\b5\.4\.5\b|5\.7\.233\b|(daily|hourly|user|sending|rate) .*(limit|quota).*exceed|exceed.*(sending|daily|message rate) (limit|quota)/i;

/**
 * Any nodemailer error as an `EmailConnectError`: CONNECTION_*, TLS_*, LOGIN_*, SENDER_REFUSED, RECIPIENT_REFUSED,
 * MESSAGE_REFUSED and MESSAGE_TOO_LARGE for final refusals (5yz), SERVER_THROTTLED for temporary ones (4yz).
 */
export const classifySmtpError = (error: unknown, access: ServerAccess): EmailConnectError => {
  if (error instanceof EmailConnectError) return error;
  const { code, message } = foreignError(error);
  const answer = shorten(errorText(error, 'response'), access);
  const detail = answer || shorten(message, access);
  const command = errorText(error, 'command');
  const status = errorNumber(error, 'responseCode');
  if (errorText(error, 'code') === 'EAUTH') return loginError(access, answer, detail);
  if (command === 'STARTTLS' || (command === 'EHLO' && /STARTTLS/.test(message)))
    return startTlsError(error, access, answer, detail);
  if (status >= 400) return refusal(access, command, status, answer);
  if (/larger than allowed/i.test(message)) return tooLarge(access, detail);
  // Refused by nodemailer before it was sent: a line break or bracket in an address (S37).
  if (code === 'EENVELOPE')
    return /sender/i.test(message)
      ? senderRefused(access, detail)
      : recipientsRefused(access, [{ recipient: '', response: `5 ${detail}` }]);
  return classifyNetworkError({ code, message }, access, detail) ?? protocolMismatch(access, detail);
};

const loginError = (access: ServerAccess, answer: string, detail: string): EmailConnectError =>
  // Without an answer no login was tried: no credentials, or no AUTH method in common.
  answer || /credentials/i.test(detail)
    ? classifyLoginRefusal(access, answer || detail)
    : loginNotOffered(access, detail);

const startTlsError = (
  error: unknown,
  access: ServerAccess,
  answer: string,
  detail: string
): EmailConnectError =>
  answer || errorText(error, 'command') === 'EHLO'
    ? tlsNotOffered(access, answer || detail)
    : (classifyNetworkError(error, access, detail) ?? tlsNotOffered(access, detail));

const refusal = (
  access: ServerAccess,
  command: string,
  status: number,
  answer: string
): EmailConnectError => {
  if (status < 500 || QUOTA.test(answer)) return throttled(access, answer);
  if (TOO_LARGE.test(answer)) return tooLarge(access, answer);
  // RFC 4954 6: 530: the server requires a login; 538: only over TLS.
  if (status === 530 || status === 538) return classifyLoginRefusal(access, answer);
  if (command === 'CONN') return throttled(access, answer);
  if (command === 'MAIL FROM' || SENDER.test(answer)) return senderRefused(access, answer);
  return refused(
    'MESSAGE_REFUSED',
    `${access.host} refused the message.`,
    'Read what the server said, change the mail and send it again.',
    answer
  );
};

/** Every recipient was refused: nobody gets the mail. */
export const recipientsRefused = (
  access: ServerAccess,
  refusedOnes: readonly RefusedRecipient[]
): EmailConnectError => {
  const detail = shorten(
    refusedOnes.map(({ recipient, response }) => `${recipient}: ${response}`).join('; '),
    access
  );
  // Greylisting and full mailboxes (4yz) are temporary; one permanent refusal (5yz) decides.
  if (refusedOnes.every(({ response }) => !response.startsWith('5'))) return throttled(access, detail);
  const names = refusedOnes.map(({ recipient }) => recipient).join(', ');
  return refused(
    'RECIPIENT_REFUSED',
    `${access.host} does not deliver to ${names}. The mail was sent to nobody.`,
    'Correct or remove this address and send the mail again.',
    detail
  );
};

/** The connection broke when the server had all of the message and had not answered (RFC 1047). */
export const outcomeUnknown = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  refused(
    'SEND_OUTCOME_UNKNOWN',
    `The connection broke before ${host} said whether it took the mail.`,
    'Email Connect looks for it in the Sent folder before anything is sent again.',
    detail
  );

const throttled = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  refused(
    'SERVER_THROTTLED',
    `${host} does not take this mail now.`,
    'It is tried again by itself. If it stays, read what the server said.',
    detail
  );

const tooLarge = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  refused(
    'MESSAGE_TOO_LARGE',
    `The mail is too large for ${host}.`,
    'Remove or shrink attachments and send it again.',
    detail
  );

const senderRefused = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  refused(
    'SENDER_REFUSED',
    `${host} does not let this mailbox send from this address.`,
    'Check the address of the inbox: it must be one that this login may send as.',
    detail
  );

const refused = (code: ErrorCode, message: string, nextStep: string, detail: string): EmailConnectError =>
  new EmailConnectError(code, message, nextStep, detail);
