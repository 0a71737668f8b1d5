import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { sendMessageRequest } from '../../src/plugins/email-connect/shared/contracts/message';
import { sendMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/message';
import { settings } from '../../src/plugins/email-connect/shared/contracts/settings';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { cleo, startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { countRows, rowsOf } from '../support/scene-database';

const LIMIT = 200_000;

type Written = z.input<typeof sendMessageRequest>;

jest.setTimeout(60_000);

let mail: MailScene;
let admin: AdminClient;
/** An admin user without an inbox, who may connect and send. */
let other: AdminClient;

beforeAll(async () => {
  mail = await startMailScene({ EMAIL_CONNECT_OUTGOING_LIMIT_BYTES: String(LIMIT) });
  ({ admin } = mail);
  const { strapi } = mail.scene;
  const token = await addAdminUser(strapi.admin, 'otto', [
    ...['inboxes.read', 'inboxes.connect', 'threads.read', 'messages.send'].map((name) => ({
      action: `plugin::email-connect.${name}`,
    })),
    { action: 'plugin::content-manager.explorer.read', subject: 'plugin::email-connect.contact' },
  ]);
  other = adminClient(strapi.url, token);
}, 150_000);

afterAll(async () => {
  expect(mail.server.unexpectedErrors).toEqual([]);
  await mail.end();
});

afterEach(async () => {
  expect((await fetch(`${mail.scene.strapi.url}/_health`)).status).toBe(204);
});

const messageTo = (change: Partial<Written>): Written => ({
  key: randomUUID(),
  contact: { contactType: 'plugin::email-connect.contact', documentId: mail.contactDocumentId },
  answersDocumentId: null,
  to: [cleo.address],
  cc: [],
  bcc: [],
  subject: 'Offer',
  text: 'Hello',
  html: '',
  ...change,
});

const formWith = (data: unknown, files: File[] = []): FormData => {
  const form = new FormData();
  form.set('data', typeof data === 'string' ? data : JSON.stringify(data));
  for (const file of files) form.append('files', file);
  return form;
};

const file = (name: string, content: string | Uint8Array<ArrayBuffer> = 'x') => new File([content], name);

/** How many mails the customer has: what was refused must not have gone out. */
const delivered = () => mail.server.mailbox(cleo.address).messages('INBOX').length;

describe('S39: a mail that cannot go out as it is', () => {
  const line = 'Offer\r\nBcc: victim@elsewhere.test';
  it.each<[string, number, string, Partial<Written>]>([
    [
      'a line break in an address',
      400,
      'HEADER_INJECTION',
      { to: [`${cleo.address}\r\nBcc: v@elsewhere.test`] },
    ],
    [
      'a line break in a display name',
      400,
      'HEADER_INJECTION',
      { cc: [`"Cleo\r\nBcc: v@e.test" <${cleo.address}>`] },
    ],
    ['a lone line feed in a Bcc address', 400, 'HEADER_INJECTION', { bcc: [`cleo\n@customer.test`] }],
    ['a line break in the subject', 400, 'HEADER_INJECTION', { subject: line }],
    ['a NUL in the subject', 400, 'HEADER_INJECTION', { subject: 'Offer\0' }],
    ['no recipient', 400, 'INPUT_INVALID', { to: [] }],
    ['an empty recipient', 400, 'INPUT_INVALID', { to: [' '] }],
    ['no address', 400, 'ADDRESS_INVALID', { to: ['Cleo'] }],
    ['two addresses in one', 400, 'ADDRESS_INVALID', { to: [`${cleo.address}, v@elsewhere.test`] }],
    ['a message that is not here', 404, 'NOT_FOUND', { answersDocumentId: 'a\r\nBcc: v@e.test' }],
    [
      'a contact that is not here',
      404,
      'NOT_FOUND',
      { contact: { contactType: 'plugin::email-connect.contact', documentId: 'nobody' } },
    ],
    [
      'a content type that is no contact',
      404,
      'NOT_FOUND',
      { contact: { contactType: 'plugin::users-permissions.user', documentId: '1' } },
    ],
  ])('S37: %s', async (_what, status, code, change) => {
    const before = delivered();
    const refusal = await admin.refused('POST', '/email-connect/messages', formWith(messageTo(change)));
    expect(refusal).toMatchObject({ status, code });
    expect([refusal.message, refusal.nextStep]).toEqual([
      expect.stringMatching(/^\S.+\.$/s),
      expect.stringMatching(/^\S.+\.$/s),
    ]);
    expect(delivered()).toBe(before);
  });

  it('over the limit, with its files', async () => {
    const big = formWith(messageTo({}), [file('big.bin', new Uint8Array(LIMIT))]);
    expect(await admin.refused('POST', '/email-connect/messages', big)).toMatchObject({
      status: 413,
      code: 'MESSAGE_TOO_LARGE',
      nextStep: expect.stringContaining('Remove a file'),
    });
    expect(countRows(mail.scene, 'email_connect_outbox')).toBe(0);
  });

  it.each<[string, () => unknown]>([
    ['not JSON in `data`', () => formWith('{"to":')],
    ['nothing in `data`', () => formWith('')],
    ['a multipart form without `data`', () => new FormData()],
    ['JSON where a form is wanted', () => messageTo({})],
    ['a list in `data`', () => formWith([])],
    ['null in `data`', () => formWith('null')],
    [
      'a form whose files are text',
      () => {
        const form = formWith(messageTo({}));
        form.set('data', '{"to":7}');
        form.set('files', 'no file');
        return form;
      },
    ],
  ])('a request that is none: %s', async (_what, body) => {
    expect(await admin.refused('POST', '/email-connect/messages', body())).toMatchObject({
      status: 400,
      code: 'INPUT_INVALID',
    });
  });

  it('a body that is no JSON at all is refused, and is no failure of the server', async () => {
    const { url, admin: first } = mail.scene.strapi;
    for (const path of [
      '/email-connect/inboxes',
      '/email-connect/connection-tests',
      '/email-connect/messages',
    ]) {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${first.token}`, 'content-type': 'application/json' },
        body: '{"address":',
      });
      expect(answer.status).toBe(400);
    }
  });

  it('S37: a line break in a file name stays inside of the name', async () => {
    const boundary = 'x-boundary';
    const part = (head: string, body: string) => `--${boundary}\r\n${head}\r\n\r\n${body}\r\n`;
    const data = JSON.stringify(messageTo({ subject: 'File name' }));
    const name = `a%0D%0ABcc: victim@elsewhere.test\nBcc: victim@elsewhere.test.txt`;
    const body =
      part('Content-Disposition: form-data; name="data"', data) +
      part(
        `Content-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: text/plain`,
        'x'
      ) +
      `--${boundary}--\r\n`;
    const answer = await fetch(`${mail.scene.strapi.url}/email-connect/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${mail.scene.strapi.admin.token}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      body,
    });
    if (answer.ok) {
      expect(mail.received('File name').toString('latin1')).not.toMatch(/^Bcc:/im);
    } else {
      expect(answer.status).toBe(400);
    }
    const form = formWith(messageTo({ subject: 'Escaped file name' }), [
      file('a\r\nBcc: victim@e.test\r\n.txt'),
    ]);
    expect((await admin.call('POST', '/email-connect/messages', form)).status).toBe(200);
    expect(mail.received('Escaped file name').toString('latin1')).not.toMatch(/^Bcc:/im);
  });

  it('S37: a line break in the Message-ID of the answered mail starts no header field in the answer', async () => {
    const { threadDocumentId } = await mail.send('Folded');
    const reply = (await mail.replyTo('Folded', { text: 'Folded id' })).toString('latin1');
    const evil = '<folded\r\n Bcc: victim@elsewhere.test\r\n\t@customer.test>';
    mail.deliver(Buffer.from(reply.replace(/^Message-ID: .*$/im, `Message-ID: ${evil}`), 'latin1'));
    const { messages } = await mail.waitForMessages(threadDocumentId, 2);
    const form = formWith(messageTo({ answersDocumentId: messages[1]?.documentId ?? '', subject: 'Folded' }));

    expect((await admin.call('POST', '/email-connect/messages', form)).status).toBe(200);
    const answer = mail.received('Folded').toString('latin1');
    expect(answer).not.toMatch(/^Bcc:/im);
    expect(answer).toMatch(/^References: </im);
  });
});

describe('S3: sending without an inbox of one’s own', () => {
  it('is refused with the way to connect one, and nothing is queued or sent', async () => {
    const [before, rows] = [delivered(), countRows(mail.scene, 'email_connect_outbox')];
    expect(await other.refused('POST', '/email-connect/messages', formWith(messageTo({})))).toMatchObject({
      status: 409,
      code: 'INBOX_NOT_CONNECTED',
      nextStep: expect.stringContaining('Connect your inbox'),
    });
    expect([delivered(), countRows(mail.scene, 'email_connect_outbox')]).toEqual([before, rows]);
  });

  it('still lets one read', async () => {
    const path = `/email-connect/records/plugin::email-connect.contact/${mail.contactDocumentId}/threads`;
    expect((await other.call('GET', path)).status).toBe(200);
  });
});

describe('connecting', () => {
  const connect = async (change: object) => {
    const answer = await admin.call('GET', '/email-connect/settings');
    const { consentTextVersion } = settings.parse(await answer.json());
    return { ...mail.form, consentTextVersion, ...change };
  };

  it.each([
    ['without consent', { consentTextVersion: 'none' }, 400, 'CONSENT_MISSING'],
    ['with no word on consent', { consentTextVersion: undefined }, 400, 'INPUT_INVALID'],
    ['the same address again', {}, 409, 'INBOX_ALREADY_CONNECTED'],
    ['the same address in capitals', { address: us.address.toUpperCase() }, 409, 'INBOX_ALREADY_CONNECTED'],
    ['what is no address', { address: 'uma' }, 400, 'ADDRESS_INVALID'],
    ['a line break in the address', { address: 'uma2@crm.test\r\nBcc: v@e.test' }, 400, 'HEADER_INJECTION'],
    [
      'a line break in the sender’s name',
      { address: 'uma2@crm.test', senderName: 'Uma\r\nBcc: v@e.test' },
      400,
      'HEADER_INJECTION',
    ],
    ['a port that is none', { imap: { host: 'localhost', port: 70_000 } }, 400, 'INPUT_INVALID'],
  ])('%s', async (_what, change, status, code) => {
    expect(await admin.refused('POST', '/email-connect/inboxes', await connect(change))).toMatchObject({
      status,
      code,
      nextStep: expect.stringMatching(/^\S.+\.$/),
    });
    expect(countRows(mail.scene, 'email_connect_inboxes')).toBe(1);
    expect(countRows(mail.scene, 'email_connect_secrets')).toBe(2);
  });
});

describe('S37: another user’s inbox', () => {
  const audit = () =>
    rowsOf(
      mail.scene,
      z.object({ action: z.string(), actor: z.string(), subject: z.string(), outcome: z.string() }),
      'select action, actor, subject, outcome from email_connect_audit order by id'
    );

  it.each<[string, string, string, () => unknown]>([
    ['editing', 'PUT', '', () => ({ ...mail.form, senderName: 'Otto' })],
    ['choosing folders', 'PUT', '/folders', () => ({ folders: [], sentCopy: 'none', sentFolderPath: null })],
    ['pausing', 'POST', '/actions/pause', () => undefined],
    ['disconnecting', 'POST', '/actions/disconnect', () => undefined],
    ['waking', 'POST', '/actions/sync', () => undefined],
  ])('%s is refused and audited', async (_what, method, path, body) => {
    const before = audit().length;
    const url = `/email-connect/inboxes/${mail.inboxDocumentId}${path}`;
    expect(await other.refused(method, url, body())).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
    expect(audit().slice(before)).toEqual([
      expect.objectContaining({ subject: mail.inboxDocumentId, outcome: 'refused' }),
    ]);
    expect(await mail.readInbox()).toMatchObject({ stateReason: '', state: 'ok', senderName: 'Uma Us' });
  });

  it('S36: testing it with its stored password is refused', async () => {
    const form = { ...mail.form, imapPassword: '', smtpPassword: '', inboxDocumentId: mail.inboxDocumentId };
    const before = audit().length;
    expect(await other.refused('POST', '/email-connect/connection-tests', form)).toMatchObject({
      status: 403,
      code: 'NOT_ALLOWED',
      nextStep: expect.stringMatching(/owner/),
    });
    expect(audit().slice(before)).toEqual([expect.objectContaining({ outcome: 'refused' })]);
  });
});

describe('S3: a disconnected inbox', () => {
  it('sends nothing and says so; connected again with its password it does', async () => {
    const path = `/email-connect/inboxes/${mail.inboxDocumentId}`;
    expect((await admin.call('POST', `${path}/actions/disconnect`)).status).toBe(200);
    expect(countRows(mail.scene, 'email_connect_secrets')).toBe(0);
    const before = delivered();
    expect(await admin.refused('POST', '/email-connect/messages', formWith(messageTo({})))).toMatchObject({
      status: 409,
      code: 'INBOX_NOT_CONNECTED',
    });
    expect(await admin.refused('POST', `${path}/actions/resume`)).toMatchObject({
      code: 'INBOX_NOT_CONNECTED',
    });
    expect(delivered()).toBe(before);

    expect((await admin.call('PUT', path, mail.form)).status).toBe(200);
    const sent = await admin.call(
      'POST',
      '/email-connect/messages',
      formWith(messageTo({ subject: 'Again' }))
    );
    expect(sendMessageAnswer.parse(await sent.json()).deliveryStatus).toBe('sent');
  });
});
