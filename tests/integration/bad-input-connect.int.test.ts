import { createServer } from 'node:tls';
import type { Server } from 'node:tls';
import { z } from 'zod';
import { startMailServer } from '../../dev/mail-server';
import type { Certificate, MailServer } from '../../dev/mail-server';
import { freePort } from '../../dev/strapi/free-port';
import { httpStatus } from '../../src/plugins/email-connect/server/src/domain/errors';
import type { ErrorCode } from '../../src/plugins/email-connect/server/src/domain/errors';
import { inbox } from '../../src/plugins/email-connect/shared/contracts/inbox';
import type {
  ConnectInboxRequest,
  InboxAnswer,
} from '../../src/plugins/email-connect/shared/contracts/inbox';
import { settings } from '../../src/plugins/email-connect/shared/contracts/settings';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { makeCertificate } from '../support/certificates';
import { startScene } from '../support/scene';
import type { Scene } from '../support/scene';
import { countRows } from '../support/scene-database';

const us = { address: 'uma@crm.test', password: 'correct horse battery' };

jest.setTimeout(60_000);

let scene: Scene;
let admin: AdminClient;
let good: ConnectInboxRequest;
let untrustedFingerprint: string;
const servers: Record<string, MailServer> = {};
const ports = { closed: 0, ssh: 0 };
let ssh: Server;

/** TLS, and behind it a program that is no mail server. */
const startSsh = async (tls: Certificate): Promise<number> => {
  ssh = createServer({ cert: tls.cert, key: tls.key }, (socket) => {
    socket.on('error', () => undefined);
    socket.end('SSH-2.0-OpenSSH_9.6\r\n');
  });
  await new Promise<void>((resolve) => ssh.listen(0, '127.0.0.1', resolve));
  const address = ssh.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
};

const server = (name: string): MailServer => {
  const found = servers[name];
  if (!found) throw new Error(`There is no server ${name}.`);
  return found;
};

beforeAll(async () => {
  const certificates = {
    good: await makeCertificate(),
    expired: await makeCertificate({ expired: true }),
    untrusted: await makeCertificate(),
    elsewhere: await makeCertificate({ names: ['mail.elsewhere.test'], addresses: [] }),
  };
  const { good: trusted, expired, elsewhere } = certificates;
  untrustedFingerprint = certificates.untrusted.fingerprint;
  for (const [name, tls] of Object.entries(certificates))
    servers[name] = await startMailServer({ users: [us], tls });
  servers.clear = await startMailServer({ users: [us], tls: trusted, starttls: false });
  ports.closed = await freePort();
  ports.ssh = await startSsh(trusted);
  scene = await startScene({
    imapsPort: server('good').imapsPort,
    smtpPort: server('good').smtpsPort,
    smtpTls: 'implicit',
    certificate: [trusted, expired, elsewhere].map(({ cert }) => cert).join('\n'),
  });
  admin = adminClient(scene.strapi.url, scene.strapi.admin.token);
  const answer = await admin.call('GET', '/email-connect/settings');
  const { consentTextVersion } = settings.parse(await answer.json());
  good = { ...scene.inboxForm(us.address, us.password), consentTextVersion };
}, 150_000);

afterAll(async () => {
  await scene.end();
  ssh.close();
  for (const one of Object.values(servers)) {
    expect(one.unexpectedErrors).toEqual([]);
    await one.close();
  }
});

afterEach(async () => {
  server('good').faults.clear();
  expect((await fetch(`${scene.strapi.url}/_health`)).status).toBe(204);
});

type Change = (form: ConnectInboxRequest) => ConnectInboxRequest;
const imap =
  (change: Partial<ConnectInboxRequest['imap']>): Change =>
  (form) => ({ ...form, imap: { ...form.imap, ...change } });
const smtp =
  (change: Partial<ConnectInboxRequest['smtp']>): Change =>
  (form) => ({ ...form, smtp: { ...form.smtp, ...change } });
const imapAt = (name: string): Change => {
  return (form) => imap({ port: server(name).imapsPort })(form);
};

const imapSwitchedOff: Change = (form) => {
  const text = 'NO [ALERT] Your account is not enabled for IMAP use. Please visit your settings page.';
  const effect = { do: 'answer' as const, text };
  for (const command of ['AUTHENTICATE', 'LOGIN'])
    server('good').faults.inject({ command, effect, times: 9 });
  return form;
};

const cases: [string, Change, ErrorCode, string][] = [
  [
    'an IMAP host that does not exist',
    imap({ host: 'imap.no-such-host.invalid' }),
    'HOST_NOT_FOUND',
    'imap-reach',
  ],
  [
    'an SMTP host that does not exist',
    smtp({ host: 'smtp.no-such-host.invalid' }),
    'HOST_NOT_FOUND',
    'smtp-reach',
  ],
  ['this machine by its address', imap({ host: '127.0.0.1' }), 'HOST_PRIVATE', 'imap-reach'],
  ['this machine in disguise', imap({ host: '2130706433' }), 'HOST_PRIVATE', 'imap-reach'],
  ['a machine of the inner network', smtp({ host: '10.0.0.1' }), 'HOST_PRIVATE', 'smtp-reach'],
  ['a metadata service', imap({ host: '169.254.169.254' }), 'HOST_PRIVATE', 'imap-reach'],
  ['a port that is not of mail', imap({ port: 80 }), 'PORT_NOT_ALLOWED', 'imap-reach'],
  ['a port for sending that is not of mail', smtp({ port: 22 }), 'PORT_NOT_ALLOWED', 'smtp-reach'],
  ['a URL for a host', imap({ host: 'https://localhost' }), 'INPUT_INVALID', 'imap-reach'],
  ['a line break in a host', imap({ host: 'localhost\r\nA1 LOGOUT' }), 'INPUT_INVALID', 'imap-reach'],
  ['a closed IMAP port', (form) => imap({ port: ports.closed })(form), 'CONNECTION_REFUSED', 'imap-reach'],
  ['a closed SMTP port', (form) => smtp({ port: ports.closed })(form), 'CONNECTION_REFUSED', 'smtp-reach'],
  [
    'a wrong IMAP password',
    (form) => ({ ...form, imapPassword: 'wrong-canary' }),
    'LOGIN_REFUSED',
    'imap-login',
  ],
  [
    'a wrong SMTP password',
    (form) => ({ ...form, smtpPassword: 'wrong-canary' }),
    'LOGIN_REFUSED',
    'smtp-login',
  ],
  ['an unknown user', imap({ username: 'nobody@crm.test' }), 'LOGIN_REFUSED', 'imap-login'],
  ['a line break in a user name', imap({ username: 'uma\r\nA1 LOGOUT' }), 'LOGIN_REFUSED', 'imap-login'],
  ['an expired certificate', imapAt('expired'), 'TLS_CERTIFICATE_EXPIRED', 'imap-tls'],
  ['a certificate nobody vouches for', imapAt('untrusted'), 'TLS_CERTIFICATE_UNTRUSTED', 'imap-tls'],
  ['a certificate of another host', imapAt('elsewhere'), 'TLS_CERTIFICATE_WRONG_HOST', 'imap-tls'],
  [
    'the pin of another certificate',
    (form) => imap({ pinnedCertificate: '0'.repeat(64) })(form),
    'TLS_CERTIFICATE_UNTRUSTED',
    'imap-tls',
  ],
  [
    'IMAP without STARTTLS',
    (form) => imap({ port: server('clear').imapPort, tls: 'starttls' })(form),
    'TLS_NOT_OFFERED',
    'imap-tls',
  ],
  [
    'SMTP without STARTTLS',
    (form) => smtp({ port: server('clear').smtpPort, tls: 'starttls' })(form),
    'TLS_NOT_OFFERED',
    'smtp-tls',
  ],
  [
    'TLS at a port that begins in the clear',
    (form) => imap({ port: server('good').imapPort })(form),
    'PROTOCOL_MISMATCH',
    'imap-tls',
  ],
  [
    'SMTP where IMAP should be',
    (form) => imap({ port: server('good').smtpsPort })(form),
    'PROTOCOL_MISMATCH',
    'imap-tls',
  ],
  [
    'IMAP where SMTP should be',
    (form) => smtp({ port: server('good').imapsPort })(form),
    'PROTOCOL_MISMATCH',
    'smtp-tls',
  ],
  [
    'another protocol where IMAP should be',
    (form) => imap({ port: ports.ssh })(form),
    'PROTOCOL_MISMATCH',
    'imap-tls',
  ],
  [
    'another protocol where SMTP should be',
    (form) => smtp({ port: ports.ssh })(form),
    'PROTOCOL_MISMATCH',
    'smtp-tls',
  ],
  ['IMAP that the provider switched off', imapSwitchedOff, 'IMAP_DISABLED', 'imap-login'],
];

const inboxes = async (): Promise<InboxAnswer[]> => {
  const answer = await admin.call('GET', '/email-connect/inboxes');
  return z.object({ inboxes: z.array(inbox) }).parse(await answer.json()).inboxes;
};

const nothingStored = async () => {
  expect(await inboxes()).toEqual([]);
  for (const table of ['email_connect_inboxes', 'email_connect_secrets', 'email_connect_folder_cursors'])
    expect(countRows(scene, table)).toBe(0);
};

describe('S39: connecting', () => {
  it.each(cases)('%s', async (_what, change, code, step) => {
    const form = change(good);
    const { consentTextVersion: _, ...tested } = form;

    const { passed, failed } = await admin.testConnection({ ...tested, inboxDocumentId: null });
    expect(passed).toBe(false);
    expect(Object.keys(failed)).toEqual([step]);
    expect(failed[step]).toMatchObject({ code, message: expect.stringMatching(/^\S.+\.$/) });
    expect(failed[step]?.nextStep).toMatch(/^\S.+\.$/);

    const refusal = await admin.refused('POST', '/email-connect/inboxes', form);
    expect(refusal).toMatchObject({ status: httpStatus[code], ...failed[step] });
    expect(JSON.stringify([failed, refusal])).not.toMatch(/wrong-canary|correct horse/);
    await nothingStored();
  });

  it('S35: without STARTTLS no user name and no password was sent', () => {
    const said = server('clear').transcript.filter(({ direction }) => direction === 'in');
    expect(said.length).toBeGreaterThan(0);
    expect(said.map(({ line }) => line).join('\n')).not.toMatch(/LOGIN|AUTH|uma|correct/i);
  });

  it('S37: an internal host is not even dialled, and no password reaches an untrusted server', () => {
    for (const name of ['expired', 'untrusted', 'elsewhere']) {
      const said = server(name).transcript.filter(({ direction }) => direction === 'in');
      expect(said.map(({ line }) => line)).toEqual([]);
    }
  });

  it('S35: an untrusted certificate is shown with its fingerprint, and once pinned it connects', async () => {
    const untrusted = {
      ...good,
      imap: { ...good.imap, port: server('untrusted').imapsPort },
      smtp: { ...good.smtp, port: server('untrusted').smtpsPort },
    };
    const { detail } = await admin.refused('POST', '/email-connect/inboxes', untrusted);
    expect(detail).toContain(untrustedFingerprint);

    const pinned = imap({ pinnedCertificate: untrustedFingerprint })(
      smtp({ pinnedCertificate: untrustedFingerprint })(untrusted)
    );
    const answer = await admin.call('POST', '/email-connect/inboxes', pinned);
    expect(answer.status).toBe(200);
    const [connected] = await inboxes();
    await scene.strapi.admin.fetch(
      'POST',
      `/email-connect/inboxes/${connected?.documentId}/actions/disconnect`
    );
  });
});
