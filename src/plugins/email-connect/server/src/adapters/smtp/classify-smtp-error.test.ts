import type { ServerAccess } from '../../ports';
import { classifySmtpError, recipientsRefused } from './classify-smtp-error';

const access: ServerAccess = {
  host: 'smtp.example.org',
  ip: '192.0.2.1',
  port: 465,
  tls: 'implicit',
  username: 'ann',
  password: 'hunter22',
  pinnedCertificate: null,
};

const answered = (command: string, response: string, code = 'EENVELOPE') =>
  Object.assign(new Error(`Failed: ${response}`), {
    code,
    command,
    response,
    responseCode: Number(response.slice(0, 3)),
  });
const broken = (code: string, originalCode?: string) =>
  Object.assign(new Error('Broken'), { code, command: 'CONN', ...(originalCode ? { originalCode } : {}) });

describe('a nodemailer error', () => {
  test.each([
    ['MAIL FROM', '553 5.7.1 Sender address rejected: not owned by user', 'SENDER_REFUSED'],
    ['MAIL FROM', '452 4.3.1 Insufficient system storage', 'SERVER_THROTTLED'],
    ['MAIL FROM', '552 5.3.4 Message size exceeds fixed limit', 'MESSAGE_TOO_LARGE'],
    ['MAIL FROM', '530 5.7.0 Authentication required', 'LOGIN_REFUSED'],
    ['DATA', '554 5.7.1 Message rejected as spam', 'MESSAGE_REFUSED'],
    ['DATA', '552 5.2.2 Mailbox full', 'MESSAGE_REFUSED'],
    ['DATA', '552 Message too large', 'MESSAGE_TOO_LARGE'],
    ['DATA', '554 5.2.252 SendAsDenied; ann not allowed to send as bob', 'SENDER_REFUSED'],
    ['DATA', '550 5.4.5 Daily user sending limit exceeded', 'SERVER_THROTTLED'],
    ['DATA', '421 4.7.0 Closing', 'SERVER_THROTTLED'],
    ['CONN', '554 5.7.1 No SMTP service here', 'SERVER_THROTTLED'],
    ['STARTTLS', '454 4.7.0 TLS not available', 'TLS_NOT_OFFERED'],
  ])('after %s, "%s", is %s', (command, response, code) => {
    expect(classifySmtpError(answered(command, response), access)).toMatchObject({ code, detail: response });
  });

  test.each([
    ['535 5.7.8 Username and Password not accepted', 'LOGIN_REFUSED'],
    ['534-5.7.9 Application-specific password required', 'LOGIN_NEEDS_APP_PASSWORD'],
    ['535 5.7.139 Authentication unsuccessful, basic authentication is disabled', 'LOGIN_NOT_OFFERED'],
    ['454 4.7.0 Temporary authentication failure', 'LOGIN_THROTTLED'],
  ])('at the login, "%s", is %s', (response, code) => {
    expect(classifySmtpError(answered('AUTH PLAIN', response, 'EAUTH'), access).code).toBe(code);
  });

  test('at the login without an answer: no method in common', () => {
    const error = Object.assign(new Error('Unknown authentication method "NTLM"'), {
      code: 'EAUTH',
      command: 'API',
    });
    expect(classifySmtpError(error, access).code).toBe('LOGIN_NOT_OFFERED');
  });

  test.each([
    [broken('ECONNECTION'), 'CONNECTION_LOST'],
    [broken('ETIMEDOUT', 'GREETING_TIMEOUT'), 'CONNECTION_TIMED_OUT'],
    [broken('ESOCKET', 'ECONNREFUSED'), 'CONNECTION_REFUSED'],
    [broken('ESOCKET', 'DEPTH_ZERO_SELF_SIGNED_CERT'), 'TLS_CERTIFICATE_UNTRUSTED'],
    [broken('ETLS'), 'TLS_FAILED'],
    [broken('EPROTOCOL'), 'PROTOCOL_MISMATCH'],
    [new Error('Something new'), 'PROTOCOL_MISMATCH'],
  ])('of the connection: %s', (error, code) => {
    expect(classifySmtpError(error, access).code).toBe(code);
  });

  test('keeps the server’s words, and not the password (S36)', () => {
    const error = answered('AUTH PLAIN', '535 hunter22 is wrong for ann', 'EAUTH');
    expect(classifySmtpError(error, access).detail).toBe('535 *** is wrong for ann');
  });
});

describe('refused recipients', () => {
  const gone = { recipient: 'gone@example.net', response: '550 5.1.1 No such user' };
  const greylisted = { recipient: 'grey@example.net', response: '450 4.2.0 Greylisted' };

  test('are named, with what the server said of each', () => {
    expect(recipientsRefused(access, [gone, greylisted])).toMatchObject({
      code: 'RECIPIENT_REFUSED',
      message: expect.stringContaining('gone@example.net'),
      detail: 'gone@example.net: 550 5.1.1 No such user; grey@example.net: 450 4.2.0 Greylisted',
    });
  });

  test('that are only greylisted are tried again', () => {
    expect(recipientsRefused(access, [greylisted]).code).toBe('SERVER_THROTTLED');
  });
});
