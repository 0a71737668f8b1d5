import type { ServerAccess } from '../../ports';
import { classifyImapError, classifyLoginError } from './classify-imap-error';

const access: ServerAccess = {
  host: 'imap.example.org',
  ip: '192.0.2.1',
  port: 993,
  tls: 'implicit',
  username: 'ann',
  password: 'hunter22',
  pinnedCertificate: null,
};

const error = (fields: object, message = 'Command failed') => Object.assign(new Error(message), fields);
const refused = (responseText: string, serverResponseCode = '') =>
  error({ responseStatus: 'NO', responseText, serverResponseCode });
/** As imapflow rejects a FETCH: the code only in the parsed answer. */
const refusedWithParsedCode = (code: string) =>
  error({
    responseStatus: 'NO',
    responseText: 'no',
    response: { attributes: [{ section: [{ type: 'ATOM', value: code }] }] },
  });

describe('an imapflow error in a session', () => {
  test.each([
    ['NO', refused('Cannot do that'), 'SERVER_REFUSED'],
    ['BAD', error({ responseStatus: 'BAD', responseText: 'Syntax error' }), 'SERVER_REFUSED'],
    ['NO [LIMIT]', refused('Slow down', 'LIMIT'), 'SERVER_THROTTLED'],
    [
      'NO [UNAVAILABLE], the code in the parsed answer only',
      refusedWithParsedCode('UNAVAILABLE'),
      'SERVER_THROTTLED',
    ],
    ['Exchange throttling', error({ code: 'ETHROTTLE', throttleReset: 5000 }), 'SERVER_THROTTLED'],
    ['a lost connection', error({ code: 'NoConnection' }), 'CONNECTION_LOST'],
    ['silence', error({ code: 'ETIMEOUT' }), 'CONNECTION_TIMED_OUT'],
    ['an endless line', error({ code: 'LineTooLarge' }), 'PROTOCOL_MISMATCH'],
    ['a line that cannot be read', error({ code: 'ParserError11' }), 'PROTOCOL_MISMATCH'],
  ])('%s', (_what, foreign, code) => {
    expect(classifyImapError(foreign, access).code).toBe(code);
  });

  test('keeps the server’s words, and not the password (S36)', () => {
    expect(classifyImapError(refused('LOGIN ann hunter22 is not for me', 'CANNOT'), access).detail).toBe(
      '[CANNOT] LOGIN ann *** is not for me'
    );
  });

  test('gets the code that its caller means by a refusal', () => {
    expect(classifyImapError(refused('No such folder'), access, 'FOLDER_UNREADABLE').code).toBe(
      'FOLDER_UNREADABLE'
    );
  });
});

const MINUTES_15 = 15 * 60_000;

describe('how long a server is left alone', () => {
  test.each<[string, Error, string, number | undefined]>([
    ['c27: [LIMIT]', refused('Slow down', 'LIMIT'), 'SERVER_THROTTLED', MINUTES_15],
    [
      'c27: [OVERQUOTA], which Gmail says of bandwidth',
      refused('Account exceeded command or bandwidth limits', 'OVERQUOTA'),
      'SERVER_THROTTLED',
      MINUTES_15,
    ],
    ['c27: [INUSE]', refused('Mailbox is locked', 'INUSE'), 'SERVER_THROTTLED', MINUTES_15],
    [
      'c27: one session too many, said in a goodbye',
      error({ code: 'NoConnection', reason: 'Too many simultaneous connections. (Failure)' }),
      'SERVER_THROTTLED',
      MINUTES_15,
    ],
    [
      'the time that the server names',
      error({ code: 'ETHROTTLE', throttleReset: 92_415 }),
      'SERVER_THROTTLED',
      92_415,
    ],
    [
      'the time that it names in its words only',
      refused('Throttled. Suggested Backoff Time: 4000 ms'),
      'SERVER_THROTTLED',
      4_000,
    ],
    [
      'a day at most',
      refused('Throttled. Suggested Backoff Time: 999999999999 ms'),
      'SERVER_THROTTLED',
      24 * 3_600_000,
    ],
    ['[UNAVAILABLE] names none', refused('Server error', 'UNAVAILABLE'), 'SERVER_THROTTLED', undefined],
    [
      'c24: a token that ran out: not at all',
      error({ code: 'NoConnection', reason: 'Session invalidated - AccessTokenExpired' }),
      'CONNECTION_LOST',
      0,
    ],
    [
      'any other goodbye',
      error({ code: 'NoConnection', reason: 'Server shutting down' }),
      'CONNECTION_LOST',
      undefined,
    ],
    [
      'c25: a mailbox that may not be read, said in answer to a command',
      refused('User is authenticated but not connected.'),
      'IMAP_DISABLED',
      undefined,
    ],
  ])('%s', (_what, foreign, code, retryAfterMs) => {
    const failure = classifyImapError(foreign, access);
    expect([failure.code, failure.retryAfterMs]).toEqual([code, retryAfterMs]);
  });

  test.each<[string, string, string, string, number | undefined]>([
    [
      'c26: a login that is down',
      'UNAVAILABLE',
      'Temporary authentication failure',
      'LOGIN_THROTTLED',
      undefined,
    ],
    ['c27: too many logins', 'ALERT', 'Too many simultaneous connections', 'LOGIN_THROTTLED', MINUTES_15],
    ['c27: [LIMIT]', 'LIMIT', 'Rate limit hit', 'LOGIN_THROTTLED', MINUTES_15],
    ['c25: IMAP is off', '', 'User is authenticated but not connected.', 'IMAP_DISABLED', undefined],
    ['c25: a changed password', 'AUTHENTICATIONFAILED', 'Invalid credentials', 'LOGIN_REFUSED', undefined],
  ])('while logging in: %s', (_what, serverResponseCode, responseText, code, retryAfterMs) => {
    const failure = classifyLoginError(
      error({ authenticationFailed: true, responseStatus: 'NO', responseText, serverResponseCode }),
      access
    );
    expect([failure.code, failure.retryAfterMs]).toEqual([code, retryAfterMs]);
  });
});

describe('an imapflow error while connecting', () => {
  const authFailed = (responseText: string, serverResponseCode = '') =>
    error({ authenticationFailed: true, responseStatus: 'NO', responseText, serverResponseCode });

  test.each([
    ['a wrong password', authFailed('Authentication failed.', 'AUTHENTICATIONFAILED'), 'LOGIN_REFUSED'],
    [
      'an app password',
      authFailed('Application-specific password required', 'ALERT'),
      'LOGIN_NEEDS_APP_PASSWORD',
    ],
    ['a login that is down', authFailed('Temporary failure', 'UNAVAILABLE'), 'LOGIN_THROTTLED'],
    ['LOGINDISABLED', error({ authenticationFailed: true }, 'Login is disabled'), 'LOGIN_NOT_OFFERED'],
    ['no method in common', error({}, 'Unsupported authentication mechanism'), 'LOGIN_NOT_OFFERED'],
    ['no STARTTLS', error({ tlsFailed: true }, 'Server does not support STARTTLS'), 'TLS_NOT_OFFERED'],
    [
      'PREAUTH',
      error({ tlsFailed: true }, 'STARTTLS is not possible after a PREAUTH greeting'),
      'TLS_NOT_OFFERED',
    ],
    [
      'an injected answer',
      error({ tlsFailed: true, code: 'STARTTLS_INJECTION' }, 'data after the STARTTLS response'),
      'TLS_FAILED',
    ],
    [
      'a self-signed certificate',
      error({ tlsFailed: true, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      'TLS_CERTIFICATE_UNTRUSTED',
    ],
    [
      'a goodbye to one too many',
      error({ code: 'NoConnection', reason: 'Too many connections' }),
      'SERVER_THROTTLED',
    ],
    ['a goodbye', error({ code: 'NoConnection', reason: 'Shutting down' }), 'CONNECTION_LOST'],
  ])('%s', (_what, foreign, code) => {
    expect(classifyLoginError(foreign, access).code).toBe(code);
  });
});
