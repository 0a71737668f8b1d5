import { randomUUID } from 'node:crypto';
import { crmOf } from '../../dev/demo/crm';
import { adminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';

const contactType = 'plugin::email-connect.contact';
const fields = ['name', 'email', 'company', 'owner', 'furtherEmails'];
const ownContacts = { subject: contactType, fields, conditions: ['admin::is-creator'] };

describe('S24, S37: who may read only their own contacts', () => {
  let stage: MailScene;
  let token = '';
  let ownContact = '';

  beforeAll(async () => {
    stage = await startMailScene();
    token = await addAdminUser(stage.scene.strapi.admin, 'own-only', [
      { action: 'plugin::email-connect.threads.read' },
      { action: 'plugin::email-connect.messages.send' },
      { action: 'plugin::content-manager.explorer.create', ...ownContacts, conditions: [] },
      { action: 'plugin::content-manager.explorer.read', ...ownContacts },
    ]);
    ownContact = await crmOf(stage.scene.strapi.url, token).createContact({
      name: 'Own',
      email: 'own@customer.test',
      company: '',
    });
  }, 150_000);
  afterAll(() => stage.end());

  const form = (contactDocumentId: string, answersDocumentId: string | null): FormData => {
    const data = new FormData();
    const contact = { contactType, documentId: contactDocumentId };
    const mail = { to: ['mallory@elsewhere.test'], cc: [], bcc: [], subject: 'Re', text: 'x', html: '' };
    data.set('data', JSON.stringify({ key: randomUUID(), contact, answersDocumentId, ...mail }));
    return data;
  };

  test('cannot draw another conversation onto them by answering it', async () => {
    const { threadDocumentId, messageDocumentId } = await stage.send('Not yours');
    const { refused } = adminClient(stage.scene.strapi.url, token);
    expect(
      await refused('POST', '/email-connect/messages', form(ownContact, messageDocumentId))
    ).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    for (const path of [
      `/threads/${threadDocumentId}`,
      `/threads/${threadDocumentId}/messages`,
      `/messages/${messageDocumentId}`,
    ])
      expect(await refused('GET', `/email-connect${path}`)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    const { total } = await crmOf(stage.scene.strapi.url, token).threadsOf(ownContact);
    expect(total).toBe(0);
  });

  test('can write from their own, as far as having an inbox goes, and from no other', async () => {
    const { refused } = adminClient(stage.scene.strapi.url, token);
    expect(await refused('POST', '/email-connect/messages', form(ownContact, null))).toMatchObject({
      code: 'INBOX_NOT_CONNECTED',
    });
    expect(
      await refused('POST', '/email-connect/messages', form(stage.contactDocumentId, null))
    ).toMatchObject({ code: 'NOT_FOUND' });
  });
});
