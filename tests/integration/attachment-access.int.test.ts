import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { z } from 'zod';
import { pdfPage } from '../../dev/demo/pdf-page';
import { addAdminUser } from '../support/admin-user';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';

const plan = pdfPage(['A plan that is nobody else’s business']);
const planName = 'Plan 2026; 八月.pdf';
const fileScope = 'plugin::email-connect.attachment-file.findOne';
const contactType = 'plugin::email-connect.contact';

describe('who gets the bytes of a file', () => {
  let stage: MailScene;
  let documentId = '';
  let sha256 = '';

  beforeAll(async () => {
    stage = await startMailScene({ EMAIL_CONNECT_SITE_TOKENS: 'true' });
    const { threadDocumentId } = await stage.send('Plan');
    const attachments = [
      { filename: planName, content: plan, contentType: 'application/pdf' },
      { filename: 'page.html', content: '<script>alert(1)</script>', contentType: 'text/html' },
    ];
    stage.deliver(await stage.replyTo('Plan', { text: 'Here it is.', attachments }));
    const thread = await stage.waitForMessages(threadDocumentId, 2);
    documentId = thread.messages[1]?.attachments[0]?.documentId ?? '';
    const key = await stage.scene.strapi.admin.apiToken({ type: 'full-access' });
    sha256 = stored.parse(await (await get(`/api/email-connect/attachments/${documentId}`, key)).json()).data
      .sha256;
  }, 150_000);
  afterAll(() => stage.end());

  const get = (path: string, key?: string): Promise<Response> =>
    fetch(`${stage.scene.strapi.url}${path}`, key ? { headers: { authorization: `Bearer ${key}` } } : {});

  const fileUrl = (id = documentId) => `/api/email-connect/attachments/${id}/file`;
  const adminUrl = (id = documentId) => `/email-connect/attachments/${id}/file`;
  const custom = (...permissions: string[]) =>
    stage.scene.strapi.admin.apiToken({ type: 'custom', permissions });

  /** Refused, and the answer tells nothing of the file. */
  const expectRefused = async (response: Response, ...statuses: number[]): Promise<void> => {
    expect(statuses).toContain(response.status);
    const body = await response.text();
    expect(body).not.toContain('%PDF');
    expect(body).not.toContain('Plan');
    expect(response.headers.get('content-disposition')).toBeNull();
  };

  const expectFile = async (response: Response): Promise<void> => {
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(plan);
    const { headers } = response;
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename=/);
    expect(headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent(planName)}`);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-length')).toBe(String(plan.length));
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('cache-control')).toContain('no-store');
  };

  describe('S30, S33: by the content API', () => {
    it('nobody without a token', async () => {
      await expectRefused(await get(fileUrl()), 401, 403);
      await expectRefused(await get(fileUrl(), 'not-a-token'), 401, 403);
    });

    it('no token of another scope, not even one that may read all else of the mail', async () => {
      const else_ = await custom(
        'plugin::email-connect.attachment.find',
        'plugin::email-connect.attachment.findOne',
        'plugin::email-connect.email-message.find',
        'plugin::email-connect.email-thread.find',
        'plugin::upload.content-api.find'
      );
      await expectRefused(await get(fileUrl(), else_), 403);
      expect((await get(`/api/email-connect/attachments/${documentId}`, else_)).status).toBe(200);
    });

    it('no user of the site whose role was not given the scope', async () => {
      const user = { username: 'visitor', email: 'visitor@site.example', password: 'Visitor-password-1' };
      const registered = await fetch(`${stage.scene.strapi.url}/api/auth/local/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(user),
      });
      const { jwt } = z.object({ jwt: z.string() }).parse(await registered.json());
      expect((await get('/api/users/me', jwt)).status).toBe(200);
      await expectRefused(await get(fileUrl(), jwt), 403);
    });

    it('no admin session: a login of the panel is no token', async () => {
      await expectRefused(await get(fileUrl(), stage.scene.strapi.admin.token), 401, 403);
    });

    it.each(['custom', 'read-only', 'full-access'] as const)(
      'a %s token that holds the scope gets the file as a download',
      async (type) => {
        const key =
          type === 'custom' ? await custom(fileScope) : await stage.scene.strapi.admin.apiToken({ type });
        await expectFile(await get(fileUrl(), key));
      }
    );

    it('with the scope, no path and no id but that of a file leads to one', async () => {
      const key = await custom(fileScope);
      const storedUnder = `${sha256.slice(0, 2)}/${sha256.slice(2)}`;
      const ids = [
        'nothing',
        '..',
        '%2e%2e',
        '..%2f..%2f..%2f..%2fetc%2fpasswd',
        '..%5c..%5cdata.db',
        encodeURIComponent('../data.db'),
        encodeURIComponent(storedUnder),
        sha256,
        `${documentId}%00`,
        `${documentId}%2f..%2f${documentId}`,
        'x'.repeat(5000),
        '1',
        encodeURIComponent("' or 1=1 --"),
        '%24ne',
        `${documentId}%20`,
      ];
      for (const id of ids) await expectRefused(await get(fileUrl(id), key), 400, 403, 404, 405);
    });
  });

  describe('S30: below no public path', () => {
    it('lies where the product put it, and at no address of the site', async () => {
      const folder = sha256.slice(0, 2);
      expect(readdirSync(`${stage.scene.attachmentsDirectory}/${folder}`)).toContain(sha256.slice(2));
      for (const path of [
        `/uploads/${encodeURIComponent(planName)}`,
        `/uploads/${sha256}`,
        `/uploads/${folder}/${sha256.slice(2)}`,
        `/uploads/..%2f..%2f${folder}%2f${sha256.slice(2)}`,
        `/attachments/${folder}/${sha256.slice(2)}`,
        `/.email-connect/attachments/${folder}/${sha256.slice(2)}`,
      ]) {
        await expectRefused(await get(path), 403, 404);
      }
      for (const path of [
        `/uploads/../../attachments/${folder}/${sha256.slice(2)}`,
        `/uploads/../../../../../../../../${stage.scene.attachmentsDirectory}/${folder}/${sha256.slice(2)}`,
      ]) {
        const { status, body } = await getAsWritten(stage.scene.strapi.url, path);
        expect([400, 403, 404]).toContain(status);
        expect(body).not.toContain('%PDF');
      }
    });

    it('is no file of the media library', async () => {
      const listed = await stage.scene.strapi.admin.fetch('GET', '/upload/files');
      expect(listed.status).toBe(200);
      expect(await listed.text()).not.toMatch(/Plan|page\.html/);
    });
  });

  describe('S30, S32: by the admin panel', () => {
    const threadsRead = { action: 'plugin::email-connect.threads.read' };
    const contactsRead = { action: 'plugin::content-manager.explorer.read', subject: contactType };

    it('nobody without a login, and no API token', async () => {
      await expectRefused(await get(adminUrl()), 401, 403);
      const token = await stage.scene.strapi.admin.apiToken({ type: 'full-access' });
      await expectRefused(await get(adminUrl(), token), 401, 403);
    });

    it('no admin user who may do nothing', async () => {
      const token = await addAdminUser(stage.scene.strapi.admin, 'nothing', []);
      await expectRefused(await get(adminUrl(), token), 403, 404);
    });

    it('no admin user who may read mail but not this contact', async () => {
      const token = await addAdminUser(stage.scene.strapi.admin, 'mail-only', [threadsRead]);
      await expectRefused(await get(adminUrl(), token), 403, 404);
    });

    it('w57: and the refusal is that of a file that is not there', async () => {
      const token = await addAdminUser(stage.scene.strapi.admin, 'curious', [threadsRead]);
      const [hidden, missing] = [await get(adminUrl(), token), await get(adminUrl('nothing'), token)];
      expect(await hidden.text()).toBe(await missing.text());
    });

    it('no admin user who may read contacts but no mail', async () => {
      const token = await addAdminUser(stage.scene.strapi.admin, 'contacts-only', [contactsRead]);
      await expectRefused(await get(adminUrl(), token), 403, 404);
    });

    it('an admin user who may read both gets the file as a download', async () => {
      const token = await addAdminUser(stage.scene.strapi.admin, 'both', [threadsRead, contactsRead]);
      await expectFile(await get(adminUrl(), token));
    });

    it('a file that is not there is told in our words', async () => {
      const answer = await get(adminUrl('nothing'), stage.scene.strapi.admin.token);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { details: { code: 'NOT_FOUND' } } });
    });
  });
});

/** With the path as it is: `fetch` would resolve its dots before it asks. */
const getAsWritten = (url: string, path: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    request(url, { path }, (response) => {
      let body = '';
      response.setEncoding('latin1').on('data', (piece: string) => (body += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });

const stored = z.object({ data: z.object({ sha256: z.string() }) });
