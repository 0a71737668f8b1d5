import { EmailConnectError } from '../domain/errors';
import { providerOfHost } from '../domain/provider/find-provider';
import type { ServerAccess } from '../ports';
import { suggestedWait } from './suggested-wait';

/** Gmail ("Application-specific password required"), iCloud, Yahoo, AOL, Fastmail, Yandex, GMX, Mail.ru. */
const NEEDS_APP_PASSWORD =
  /app(lication)?[- ]?(specific)?[- ]?passwor|app password|third[- ]party (app|client)|generate .*password|anwendungsspezifisch|parol prilozheniya/i;

/** Gmail, Zoho, Mail.ru, GMX; and Microsoft 365 for a mailbox without IMAP or licence. */
const IMAP_DISABLED =
  /not enabled for imap|enable imap|imap (access )?(is )?(disabled|not enabled|not allowed)|authenticated but not connected|protocol disabled/i;

/** Microsoft 365 (5.7.139, 5.7.57), Exchange: no password is accepted, not even the right one. */
const PASSWORD_NOT_ACCEPTED =
  /basic ?auth(entication)?( is)? ?(disabled|blocked)|basicauthblocked|5\.7\.(139|57)\b|smtpclientauthentication is disabled|web login required|webalert/i;

/** RFC 5530 3; Gmail, Yahoo, Microsoft 365, Dovecot. In SMTP these are 4xx codes (RFC 4954 6). */
const THROTTLED =
  /\[(LIMIT|OVERQUOTA|UNAVAILABLE|INUSE)\]|too many|maximum number of|try again later|temporar|rate limit|throttl|exceeded .*limits?|^4\d\d[ -]/i;

/**
 * Why a server did not take a user name and password: LOGIN_NEEDS_APP_PASSWORD, IMAP_DISABLED, LOGIN_NOT_OFFERED,
 * LOGIN_THROTTLED or LOGIN_REFUSED. `answer` is the server's answer, already without the password.
 */
export const classifyLoginRefusal = (access: ServerAccess, answer: string): EmailConnectError => {
  if (PASSWORD_NOT_ACCEPTED.test(answer)) return loginNotOffered(access, answer);
  if (IMAP_DISABLED.test(answer) && !/credentials or imap/i.test(answer)) return imapDisabled(access, answer);
  if (NEEDS_APP_PASSWORD.test(answer)) return needsAppPassword(access, answer);
  if (THROTTLED.test(answer) && !/\[AUTHENTICATIONFAILED\]/i.test(answer))
    return loginThrottled(access, answer);
  return loginRefused(access, answer);
};

/** The server accepts no password, or by no method that we speak. */
export const loginNotOffered = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  new EmailConnectError(
    'LOGIN_NOT_OFFERED',
    `${host} does not accept a login with a password.`,
    'Ask the provider, or the administrator of the mailbox, to allow a login with a password for mail programs.',
    detail
  );

/** The password is right, but the mailbox may still not be read (c25). */
export const imapDisabled = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  new EmailConnectError(
    'IMAP_DISABLED',
    `IMAP is switched off for this mailbox at ${host}.`,
    'Switch IMAP on in the settings of the mailbox (or ask its administrator), then test again.',
    detail
  );

const needsAppPassword = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  new EmailConnectError(
    'LOGIN_NEEDS_APP_PASSWORD',
    `${host} wants an app password in place of the usual one.`,
    `Create an app password ${whereToMakeOne(host)} and enter it here.`,
    detail
  );

const loginThrottled = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  new EmailConnectError(
    'LOGIN_THROTTLED',
    `${host} takes no logins of this mailbox for now.`,
    'It is tried again by itself, after a while. Nothing is wrong with the password as far as we know.',
    detail,
    { retryAfterMs: suggestedWait(detail) }
  );

const loginRefused = ({ host }: ServerAccess, detail: string): EmailConnectError =>
  new EmailConnectError(
    'LOGIN_REFUSED',
    `${host} refused the user name or the password.`,
    acceptsOnlyAppPasswords(host)
      ? `This provider accepts only app passwords from programs: create one ${whereToMakeOne(host)} and enter it here.`
      : 'Check both; the user name is often the whole address. Some providers want an app password in place of the usual one.',
    detail
  );

/** Decided by the provider, whatever the server's refusal says. */
const acceptsOnlyAppPasswords = (host: string): boolean => {
  const signIn = providerOfHost(host)?.signIn;
  return signIn?.by === 'app-password' && signIn.required === 'always';
};

const whereToMakeOne = (host: string): string => {
  const signIn = providerOfHost(host)?.signIn;
  return signIn?.by === 'app-password' ? `at ${signIn.page}` : 'in the security settings of the account';
};
