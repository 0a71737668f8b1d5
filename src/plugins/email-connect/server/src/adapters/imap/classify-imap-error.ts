import { EmailConnectError } from '../../domain/errors';
import type { ErrorCode } from '../../domain/errors';
import {
  classifyNetworkError,
  connectionLost,
  protocolMismatch,
  tlsNotOffered,
} from '../../net/classify-network-error';
import { errorNumber, errorText, foreignError } from '../../net/foreign-error';
import { classifyLoginRefusal, imapDisabled, loginNotOffered } from '../../net/login-refusal';
import { shorten } from '../../net/shorten';
import { suggestedWait } from '../../net/suggested-wait';
import type { ServerAccess } from '../../ports';

/** RFC 9051 7.1: the code in brackets, from the parsed response: imapflow does not set it on the error of a FETCH. */
const parsedResponseCode = (error: unknown): string => {
  let value = error;
  for (const key of ['response', 'attributes', '0', 'section', '0', 'value']) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return typeof value === 'string' ? value.toUpperCase() : '';
};

/** The code in brackets of a NO or BAD, in upper case; '' for none. */
export const responseCodeOf = (error: unknown): string =>
  (errorText(error, 'serverResponseCode') || parsedResponseCode(error)).toUpperCase();

/** The server's answer: `[CODE] text`, shortened and without the password; '' when it did not answer. */
const serverAnswer = (error: unknown, access: ServerAccess): string => {
  const code = responseCodeOf(error);
  const text = errorText(error, 'responseText') || errorText(error, 'response');
  return shorten([code && `[${code}]`, text].filter(Boolean).join(' '), access);
};

/** NO or BAD: the command arrived and the server will not do it. */
export const isRefusal = (error: unknown): boolean =>
  ['NO', 'BAD'].includes(errorText(error, 'responseStatus'));

/** RFC 5530 3, RFC 9051 7.1, and the words of servers without codes: try later. */
const THROTTLED =
  /\[(LIMIT|OVERQUOTA|UNAVAILABLE|INUSE|THROTTLED|SERVERBUG)\]|throttl|(too many|maximum number of) (simultaneous )?(connections|requests)|rate limit|bandwidth|exceeded .*limits?|try again later/i;

/** Microsoft 365, in answer to any command: the mailbox has no licence, or IMAP is off for it (c25). */
const NOT_CONNECTED = /authenticated but not connected/i;

/** Microsoft 365 ends a session whose token expired; the next login works at once (c24). */
const SESSION_EXPIRED = /session (was )?invalidated|accesstokenexpired/i;

/** Ours, also where imapflow met it while it took a response (`boundAnswers`) and rejects with an error of its own. */
const ownError = (error: unknown): EmailConnectError | null => {
  const met: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, '_err') : null;
  return [error, met].find((one) => one instanceof EmailConnectError) ?? null;
};

/** Any imapflow error once logged in, as an `EmailConnectError`: CONNECTION_*, SERVER_THROTTLED, SERVER_REFUSED, IMAP_DISABLED. */
export const classifyImapError = (
  error: unknown,
  access: ServerAccess,
  refusedAs: ErrorCode = 'SERVER_REFUSED'
): EmailConnectError => {
  const own = ownError(error);
  if (own) return own;
  const answer = serverAnswer(error, access);
  const { code, message } = foreignError(error);
  if (code === 'ETHROTTLE')
    return throttled(access, answer, errorNumber(error, 'throttleReset') || undefined);
  if (isRefusal(error)) {
    if (THROTTLED.test(answer)) return throttled(access, answer);
    return NOT_CONNECTED.test(answer) ? imapDisabled(access, answer) : refused(refusedAs, access, answer);
  }
  // OpenSSL's errors have a `reason` too, with another meaning.
  const farewell = code === 'NoConnection' ? errorText(error, 'reason') : '';
  if (farewell) return saidGoodbye(access, farewell);
  const detail = answer || shorten(message, access);
  const network = classifyNetworkError(error, access, detail);
  if (network) return network;
  if (code.startsWith('ParserError')) return protocolMismatch(access, detail);
  return refused(refusedAs, access, detail);
};

/** Yahoo answers about a single lost message as if the whole service were down, and still serves the others (c8). */
export const isAboutOneMessage = ({ detail }: EmailConnectError): boolean =>
  /\[(UNAVAILABLE|SERVERBUG)\]/i.test(detail);

/** The same while connecting: an error that is not about the network is about the login. */
export const classifyLoginError = (error: unknown, access: ServerAccess): EmailConnectError => {
  const own = ownError(error);
  if (own) return own;
  const answer = serverAnswer(error, access);
  const { message } = foreignError(error);
  if (/STARTTLS/i.test(message) && !/STARTTLS_INJECTION/.test(foreignError(error).code)) {
    return tlsNotOffered(access, answer || shorten(message, access));
  }
  if (/(login is disabled|no matching authentication|unsupported authentication)/i.test(message)) {
    return loginNotOffered(access, answer || message);
  }
  // In answer to the login, this refusal is about the login: the password itself was not checked (c26).
  if (Reflect.get(Object(error), 'authenticationFailed') === true || isRefusal(error)) {
    return classifyLoginRefusal(access, answer);
  }
  return classifyImapError(error, access);
};

/** BYE and its reason (RFC 9051 7.1.5): the connection is gone, and the reason decides when the next one is tried. */
export const saidGoodbye = (access: ServerAccess, reason: string): EmailConnectError => {
  const detail = shorten(reason, access);
  if (SESSION_EXPIRED.test(reason)) return lostWith(access, detail, 0);
  return THROTTLED.test(reason) ? throttled(access, detail) : connectionLost(access, detail);
};

/** The connection is gone although no command said so. */
export const closedMeanwhile = (access: ServerAccess): EmailConnectError =>
  connectionLost(access, 'The server closed the connection.');

const lostWith = (access: ServerAccess, detail: string, retryAfterMs: number): EmailConnectError => {
  const { code, message, nextStep } = connectionLost(access, detail);
  return new EmailConnectError(code, message, nextStep, detail, { retryAfterMs });
};

const throttled = (
  { host }: ServerAccess,
  detail: string,
  retryAfterMs = suggestedWait(detail)
): EmailConnectError =>
  new EmailConnectError(
    'SERVER_THROTTLED',
    `${host} asks us to slow down.`,
    'It is tried again by itself, after a while. Other mail programs on this mailbox share the same limit.',
    detail,
    { retryAfterMs }
  );

const sentences: Partial<Record<ErrorCode, string>> = {
  FOLDER_UNREADABLE: 'will not open this folder',
  MESSAGE_UNREADABLE: 'lists this message but does not hand it out',
  MESSAGE_TOO_LARGE: 'takes no message of this size',
};

/** The server refuses the command, now and later. */
export const refused = (code: ErrorCode, { host }: ServerAccess, detail: string): EmailConnectError =>
  new EmailConnectError(
    code,
    `${host} ${sentences[code] ?? 'refused what was asked of it'}.`,
    'Look at what the server said; if it stays, ask who runs the mail server.',
    detail
  );
