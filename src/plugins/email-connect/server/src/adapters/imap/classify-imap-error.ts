import { EmailConnectError } from '../../domain/errors';
import type { ErrorCode } from '../../domain/errors';
import {
  classifyNetworkError,
  connectionLost,
  protocolMismatch,
  tlsNotOffered,
} from '../../net/classify-network-error';
import { errorText, foreignError } from '../../net/foreign-error';
import { classifyLoginRefusal, loginNotOffered } from '../../net/login-refusal';
import { shorten } from '../../net/shorten';
import type { ServerAccess } from '../../ports';

/** RFC 9051 7.1: the code in brackets, from the parsed answer: for FETCH imapflow does not set it on the error. */
const responseCode = (error: unknown): string => {
  let value = error;
  for (const key of ['response', 'attributes', '0', 'section', '0', 'value']) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  return typeof value === 'string' ? value.toUpperCase() : '';
};

/** What the server answered: `[CODE] text`, shortened and without the password; '' when it did not answer. */
const serverAnswer = (error: unknown, access: ServerAccess): string => {
  const code = errorText(error, 'serverResponseCode') || responseCode(error);
  const text = errorText(error, 'responseText') || errorText(error, 'response');
  return shorten([code && `[${code}]`, text].filter(Boolean).join(' '), access);
};

/** NO or BAD: the command arrived and the server will not do it. */
export const isRefusal = (error: unknown): boolean =>
  ['NO', 'BAD'].includes(errorText(error, 'responseStatus'));

/** RFC 5530 3, RFC 9051 7.1, and the words of servers that know no codes: later, not never. */
const THROTTLED =
  /\[(LIMIT|UNAVAILABLE|INUSE|THROTTLED|SERVERBUG)\]|throttl|too many (simultaneous )?(connections|requests)|rate limit|bandwidth|exceeded .*limits?|try again later/i;

/** Any imapflow error once logged in, as an `EmailConnectError`: CONNECTION_*, SERVER_THROTTLED, SERVER_REFUSED. */
export const classifyImapError = (
  error: unknown,
  access: ServerAccess,
  refusedAs: ErrorCode = 'SERVER_REFUSED'
): EmailConnectError => {
  if (error instanceof EmailConnectError) return error;
  const answer = serverAnswer(error, access);
  const { code, message } = foreignError(error);
  if (code === 'ETHROTTLE' || (isRefusal(error) && THROTTLED.test(answer))) return throttled(access, answer);
  if (isRefusal(error)) return refused(refusedAs, access, answer);
  const detail = answer || shorten(message, access);
  const network = classifyNetworkError(error, access, detail);
  if (network) return network;
  if (code.startsWith('ParserError')) return protocolMismatch(access, detail);
  return refused(refusedAs, access, detail);
};

/** Yahoo refuses a single message that it has lost as if all of it were down, and goes on with the others (c8). */
export const isAboutOneMessage = ({ detail }: EmailConnectError): boolean =>
  /\[(UNAVAILABLE|SERVERBUG)\]/i.test(detail);

/** The same while connecting: what is not about the network is about the login. */
export const classifyLoginError = (error: unknown, access: ServerAccess): EmailConnectError => {
  if (error instanceof EmailConnectError) return error;
  const answer = serverAnswer(error, access);
  const { message } = foreignError(error);
  if (/STARTTLS/i.test(message) && !/STARTTLS_INJECTION/.test(foreignError(error).code)) {
    return tlsNotOffered(access, answer || shorten(message, access));
  }
  if (/(login is disabled|no matching authentication|unsupported authentication)/i.test(message)) {
    return loginNotOffered(access, answer || message);
  }
  if (Reflect.get(Object(error), 'authenticationFailed') === true || isRefusal(error)) {
    return classifyLoginRefusal(access, answer);
  }
  const reason = errorText(error, 'reason');
  if (reason && THROTTLED.test(reason)) return throttled(access, shorten(reason, access));
  return classifyImapError(error, access);
};

/** The connection is gone although no command said so. */
export const closedMeanwhile = (access: ServerAccess): EmailConnectError =>
  connectionLost(access, 'The server closed the connection.');

const throttled = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  new EmailConnectError(
    'SERVER_THROTTLED',
    `${host} asks us to slow down.`,
    'It is tried again by itself, after a while. Other mail programs on this mailbox share the same limit.',
    detail
  );

const sentences: Partial<Record<ErrorCode, string>> = {
  FOLDER_UNREADABLE: 'will not open this folder',
  MESSAGE_UNREADABLE: 'lists this message but does not hand it out',
  MESSAGE_TOO_LARGE: 'takes no message of this size',
};

const refused = (code: ErrorCode, { host }: ServerAccess, detail: string): EmailConnectError =>
  new EmailConnectError(
    code,
    `${host} ${sentences[code] ?? 'refused what was asked of it'}.`,
    'Look at what the server said; if it stays, ask who runs the mail server.',
    detail
  );
