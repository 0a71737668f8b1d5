import { startMailServer } from '../../dev/mail-server';
import type { MailServer } from '../../dev/mail-server';
import { consentTextVersion } from '../../src/plugins/email-connect/server/src/domain/inbox/consent';
import { adminClient } from '../support/admin-client';
import { makeCertificate } from '../support/certificates';
import { us } from '../support/mail-scene';
import { startScene } from '../support/scene';
import type { Scene } from '../support/scene';

describe('S36: an installation without a key', () => {
  let server: MailServer;
  let scene: Scene;

  beforeAll(async () => {
    const tls = await makeCertificate();
    server = await startMailServer({ users: [us], tls });
    const mail = { imapsPort: server.imapsPort, smtpPort: server.smtpsPort, smtpTls: 'implicit' as const };
    scene = await startScene({ ...mail, certificate: tls.cert }, { ENCRYPTION_KEY: '' });
  }, 150_000);
  afterAll(async () => {
    await scene.end();
    await server.close();
  });

  const admin = () => adminClient(scene.strapi.url, scene.strapi.admin.token);

  test('says so before anyone types a password', async () => {
    const settings = await (await admin().call('GET', '/email-connect/settings')).json();
    expect(settings).toMatchObject({ keyPresent: false, yourInbox: null });
  });

  test('connects no inbox, says what to set, sends no password anywhere and stores nothing', async () => {
    const form = { ...scene.inboxForm(us.address, us.password), consentTextVersion };
    expect(await admin().refused('POST', '/email-connect/inboxes', form)).toMatchObject({
      status: 503,
      code: 'KEY_MISSING',
      nextStep: expect.stringContaining('ENCRYPTION_KEY'),
    });
    expect(server.transcript).toEqual([]);
    expect(await (await admin().call('GET', '/email-connect/inboxes')).json()).toEqual({ inboxes: [] });
  });
});
