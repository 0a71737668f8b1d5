import { SMTPServer } from 'smtp-server';
import { freePort } from '../../dev/strapi/free-port';
import { createSmtp } from '../../src/plugins/email-connect/server/src/adapters/smtp';
import type { ConnectionStep, ServerAccess } from '../../src/plugins/email-connect/server/src/ports';
import { makeAuthority, makeCertificate } from '../support/certificates';
import { startDovecot } from '../support/dovecot';
import { NEVER } from '../support/imap-client';
import { describeWith } from '../support/services';
import { envelope, source, submitOver, submissionServers } from '../support/submission-suite';

const PASSWORD = 'correct horse';
const smtp = createSmtp();
const submit = submitOver(smtp);
const servers = submissionServers();
const { cleanups, start: startServer } = servers;

describe('the SMTP adapter trusts (S35, c28)', () => {
  test.each([true, false])(
    'no self-signed certificate, and shows what would have to be pinned (TLS first: %s)',
    async (secure) => {
      const { access, logins } = await startServer({ secure });
      await expect(submit({ ...access, pinnedCertificate: null }, envelope, source)).rejects.toMatchObject({
        code: 'TLS_CERTIFICATE_UNTRUSTED',
        detail: expect.stringContaining(`SHA-256 ${servers.certificate().fingerprint}`),
      });
      const other = await makeCertificate();
      await expect(
        submit({ ...access, pinnedCertificate: other.fingerprint }, envelope, source)
      ).rejects.toMatchObject({
        code: 'TLS_CERTIFICATE_UNTRUSTED',
        detail: expect.stringContaining(servers.certificate().fingerprint),
      });
      expect(logins).toEqual([]);
    }
  );

  test.each([true, false])(
    'a certificate of a trusted authority for this host only (TLS first: %s)',
    async (secure) => {
      const authority = await makeAuthority();
      const signed = await makeCertificate({ names: ['mail.example.org'], addresses: [], authority });
      const { access, received, logins } = await startServer({ secure }, signed);
      const trusting = createSmtp({ authorities: [authority.cert] });
      const unpinned = { ...access, pinnedCertificate: null };
      for (const host of ['mail.example.net', '127.0.0.1']) {
        await expect(submitOver(trusting)({ ...unpinned, host }, envelope, source)).rejects.toMatchObject({
          code: 'TLS_CERTIFICATE_WRONG_HOST',
        });
      }
      expect(logins).toEqual([]);
      await submitOver(trusting)({ ...unpinned, host: 'mail.example.org' }, envelope, source);
      expect(received).toHaveLength(1);
    }
  );

  test('no expired certificate, pinned or not', async () => {
    const expired = await makeCertificate({ expired: true });
    const { access, logins } = await startServer({ secure: true }, expired);
    for (const pinnedCertificate of [null, expired.fingerprint]) {
      await expect(submit({ ...access, pinnedCertificate }, envelope, source)).rejects.toMatchObject({
        code: 'TLS_CERTIFICATE_EXPIRED',
      });
    }
    expect(logins).toEqual([]);
  });

  test('no server that does not offer STARTTLS', async () => {
    const { access, logins } = await startServer({ disabledCommands: ['STARTTLS'] });
    for (const pinnedCertificate of [null, access.pinnedCertificate]) {
      await expect(submit({ ...access, pinnedCertificate }, envelope, source)).rejects.toMatchObject({
        code: 'TLS_NOT_OFFERED',
      });
    }
    expect(logins).toEqual([]);
  });
});

describe('the SMTP adapter tests a connection', () => {
  const stepsOf = async (access: ServerAccess) => {
    const steps: ConnectionStep[] = [];
    const outcome = await smtp
      .test(access, NEVER, (step) => steps.push(step))
      .catch((error: { code: string }) => error.code);
    return {
      outcome,
      steps: steps.map(({ name, state, finding, error }) => [name, state, finding || error?.code || '']),
    };
  };

  test.each([true, false])('in steps (TLS first: %s)', async (secure) => {
    const { access, received } = await startServer({ secure });
    expect((await stepsOf(access)).steps).toEqual([
      ['smtp-reach', 'running', ''],
      ['smtp-reach', 'passed', ''],
      ['smtp-tls', 'running', ''],
      ['smtp-tls', 'passed', 'TLS 1.3'],
      ['smtp-login', 'running', ''],
      ['smtp-login', 'passed', ''],
    ]);
    expect(received).toEqual([]);
  });

  test.each([
    ['smtp-tls', 'TLS_CERTIFICATE_UNTRUSTED', { pinnedCertificate: null }],
    ['smtp-login', 'LOGIN_REFUSED', { password: 'hunter2-wrong' }],
  ] as const)('and stops where it fails: %s, %s', async (name, code, change) => {
    const { access } = await startServer({ secure: true });
    const { outcome, steps } = await stepsOf({ ...access, ...change });
    expect(outcome).toBe(code);
    expect(steps.at(-1)).toEqual([name, 'failed', code]);
  });

  test('and does not repeat a password that the server repeats (S36)', async () => {
    const { access } = await startServer({ secure: true });
    await expect(
      smtp.test({ ...access, password: 'hunter2-wrong' }, NEVER, () => undefined)
    ).rejects.toMatchObject({
      detail: expect.stringMatching(/^535 5\.7\.8 Authentication failed for ann with \*\*\*$/),
    });
  });

  test('and says where nothing listens', async () => {
    const { access } = await startServer();
    const { outcome, steps } = await stepsOf({ ...access, port: await freePort() });
    expect(outcome).toBe('CONNECTION_REFUSED');
    expect(steps.at(-1)).toEqual(['smtp-reach', 'failed', 'CONNECTION_REFUSED']);
  });
});

describeWith('dovecot', 'the SMTP adapter against Dovecot', () => {
  test('logs in over STARTTLS', async () => {
    const dovecot = await startDovecot({ users: { ann: PASSWORD } });
    cleanups.push(() => dovecot.stop());
    // Dovecot answers EHLO with the extensions of the server it relays to, which therefore has to be there.
    const relay = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      logger: false,
      closeTimeout: 100,
    });
    await new Promise<void>((resolve) => relay.listen(dovecot.relayPort, '127.0.0.1', resolve));
    cleanups.push(() => new Promise<void>((resolve) => relay.close(resolve)));
    const access: ServerAccess = {
      host: 'localhost',
      ip: '127.0.0.1',
      port: dovecot.submissionPort,
      tls: 'starttls',
      username: 'ann',
      password: PASSWORD,
      pinnedCertificate: dovecot.certificate.fingerprint,
    };
    await smtp.test(access, NEVER, () => undefined);
    await submit(access, envelope, source);
    await expect(smtp.test({ ...access, password: 'wrong' }, NEVER, () => undefined)).rejects.toMatchObject({
      code: 'LOGIN_REFUSED',
    });
  });
});
