import { providers } from '../domain/provider/providers';
import type { ServerAccess } from '../ports';
import { classifyLoginRefusal } from './login-refusal';

const accessAt = (host: string): ServerAccess => ({
  host,
  ip: '192.0.2.1',
  port: 993,
  tls: 'implicit',
  username: 'ann',
  password: 'secret',
  pinnedCertificate: null,
});

describe('c25, c26: a refused login', () => {
  test.each([
    [
      'Gmail',
      '[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
      'LOGIN_NEEDS_APP_PASSWORD',
    ],
    [
      'Gmail SMTP',
      '534-5.7.9 Application-specific password required. For more information, go to',
      'LOGIN_NEEDS_APP_PASSWORD',
    ],
    ['Fastmail', '[AUTHENTICATIONFAILED] Please use an app password', 'LOGIN_NEEDS_APP_PASSWORD'],
    [
      'Mail.ru',
      '[AUTHENTICATIONFAILED] NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Aplication password is REQUIRED',
      'LOGIN_NEEDS_APP_PASSWORD',
    ],
    ['Gmail', '[AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'LOGIN_REFUSED'],
    ['Dovecot', '[AUTHENTICATIONFAILED] Authentication failed.', 'LOGIN_REFUSED'],
    ['Postfix', '535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6', 'LOGIN_REFUSED'],
    ['Yandex', '[AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled', 'LOGIN_REFUSED'],
    ['a silent server', '', 'LOGIN_REFUSED'],
    [
      'Gmail',
      '[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page (Failure)',
      'IMAP_DISABLED',
    ],
    [
      'Zoho',
      '[ALERT] You are yet to enable IMAP for your account. Please contact your administrator (Failure)',
      'IMAP_DISABLED',
    ],
    ['Microsoft 365', 'User is authenticated but not connected.', 'IMAP_DISABLED'],
    ['Gmail Workspace', '[ALERT] IMAP access is disabled for your domain. (Failure)', 'IMAP_DISABLED'],
    [
      'Microsoft 365 SMTP',
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
      'LOGIN_NOT_OFFERED',
    ],
    [
      'Microsoft 365 SMTP',
      '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
      'LOGIN_NOT_OFFERED',
    ],
    ['Microsoft 365', 'LOGIN failed. Logondenied-BasicAuthBlocked-UserNotAllowed', 'LOGIN_NOT_OFFERED'],
    ['Gmail', '[WEBALERT https://accounts.google.com/] Web login required.', 'LOGIN_NOT_OFFERED'],
    ['Dovecot', '[UNAVAILABLE] Temporary authentication failure.', 'LOGIN_THROTTLED'],
    ['Dovecot', '[LIMIT] Maximum number of connections from user+IP exceeded', 'LOGIN_THROTTLED'],
    ['Gmail', '[ALERT] Too many simultaneous connections. (Failure)', 'LOGIN_THROTTLED'],
    ['Gmail', '[OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)', 'LOGIN_THROTTLED'],
    ['any SMTP server', '454 4.7.0 Temporary authentication failure', 'LOGIN_THROTTLED'],
    ['Gmail SMTP', '421 4.7.0 Try again later, closing connection.', 'LOGIN_THROTTLED'],
  ])('%s: %s is %s', (_who, answer, code) => {
    expect(classifyLoginRefusal(accessAt('mail.example.org'), answer)).toMatchObject({
      code,
      detail: answer,
    });
  });

  test.each([
    'imap.gmail.com',
    'imap.mail.me.com',
    'imap.mail.yahoo.com',
    'smtp.mail.yahoo.co.jp',
    'imap.yandex.ru',
    'imap.mail.ru',
  ])('at %s comes with the advice that only app passwords work', (host) => {
    const { nextStep } = classifyLoginRefusal(accessAt(host), '[AUTHENTICATIONFAILED] Invalid');
    expect(nextStep).toMatch(/accepts only app passwords/);
  });

  const appPasswords = providers.flatMap(({ imap, smtp, signIn }) =>
    signIn.by === 'app-password' ? [imap, smtp].map(({ host }) => ({ host, ...signIn })) : []
  );
  const always = appPasswords.filter(({ required }) => required === 'always');
  const withTwoSteps = appPasswords.filter(({ required }) => required === 'two-steps');

  test.each(always)('at $host says that only app passwords work, and where one is made', ({ host, page }) => {
    const { nextStep } = classifyLoginRefusal(accessAt(host), '[AUTHENTICATIONFAILED] Invalid');
    expect(nextStep).toBe(
      `This provider accepts only app passwords from programs: create one at ${page} and enter it here.`
    );
  });

  test.each(withTwoSteps)('at $host may be the normal password, mistyped', ({ host }) => {
    const { nextStep } = classifyLoginRefusal(accessAt(host), '[AUTHENTICATIONFAILED] Invalid');
    expect(nextStep).toMatch(/^Check both;/);
  });

  test.each(appPasswords)('at $host for want of an app password says where one is made', ({ host, page }) => {
    const { nextStep } = classifyLoginRefusal(accessAt(host), 'Please use an app password');
    expect(nextStep).toBe(`Create an app password at ${page} and enter it here.`);
  });

  test('for want of an app password, at a host nobody knows, names no page', () => {
    const { nextStep } = classifyLoginRefusal(accessAt('mail.example.org'), 'Please use an app password');
    expect(nextStep).toBe(
      'Create an app password in the security settings of the account and enter it here.'
    );
  });

  test('at a host that only ends alike comes without it', () => {
    const { nextStep } = classifyLoginRefusal(
      accessAt('imap.notgmail.com.example.org'),
      '[AUTHENTICATIONFAILED] Invalid'
    );
    expect(nextStep).not.toMatch(/accepts only/);
  });
});
