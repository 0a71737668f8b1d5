import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { firstAdmin } from '../../dev/strapi/strapi-admin';
import { logIn, openBrowser } from '../support/browser';
import type { OpenBrowser } from '../support/browser';
import { click } from '../support/browser-mouse';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { describeWith } from '../support/services';
import { until } from '../support/until';

const MEGABYTE = 1_000_000;

jest.setTimeout(120_000);

describeWith('chromium', 'S47: files beyond the limit, in the browser', () => {
  const tidying: (() => Promise<unknown>)[] = [];
  let mail: MailScene;
  let browser: OpenBrowser;

  beforeAll(async () => {
    mail = await startMailScene();
    tidying.push(mail.end);
    browser = await openBrowser();
    tidying.push(browser.close);
    browser.page.setDefaultTimeout(15_000);
    await logIn(browser.page, mail.scene.strapi.url, firstAdmin.email, firstAdmin.password);
  }, 150_000);

  afterAll(async () => {
    for (const tidy of tidying.reverse()) await tidy();
  });

  const fileOf = async (name: string, bytes: number): Promise<string> => {
    const file = path.join(mail.scene.dir, name);
    await writeFile(file, '');
    await truncate(file, bytes);
    return file;
  };

  it('are told before anything is uploaded; without them the mail goes out', async () => {
    const { page, complaints } = browser;
    const posted: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') posted.push(new URL(request.url()).pathname);
    });
    const contact = `plugin::email-connect.contact/${mail.contactDocumentId}`;
    await page.goto(`${mail.scene.strapi.url}/admin/content-manager/collection-types/${contact}`);
    await click(page.getByRole('button', { name: 'Write an email' }));
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Subject').fill('Large files');
    await dialog.getByLabel('Message').fill('Here they are.');
    const chosen = [await fileOf('film.bin', 180 * MEGABYTE), await fileOf('sound.bin', 10 * MEGABYTE)];
    await dialog.getByLabel('Attachments').setInputFiles(chosen);

    await dialog
      .getByText('These files are 190 MB together and grow by a third on the way; a mail may be 25 MB.')
      .waitFor();
    await dialog.getByRole('button', { name: 'Send' }).press('Enter');
    await click(dialog.getByRole('button', { name: 'Remove film.bin' }));
    expect(posted.filter((path) => path.endsWith('/messages'))).toEqual([]);
    await dialog.getByLabel('Attachments').setInputFiles(await fileOf('notes.txt', 1_000));
    await dialog.getByText('2 files, 10 MB together').waitFor();
    await dialog.getByRole('button', { name: 'Send' }).press('Enter');
    await dialog.waitFor({ state: 'hidden', timeout: 30_000 });
    // It may still be under way: who sends is kept waiting for five seconds.
    const arrived = () => mail.server.mailbox(cleo.address).messages('INBOX').length > 0;
    await until(async () => arrived(), 'The mail did not reach Cleo.');
    expect(mail.received('Large files').length).toBeGreaterThan(13 * MEGABYTE);
    expect(posted.filter((path) => path.endsWith('/messages'))).toHaveLength(1);
    expect(complaints).toEqual([]);
  });
});
