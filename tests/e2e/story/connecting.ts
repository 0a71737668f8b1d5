import { createHash, X509Certificate } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import type { MailServer } from '../../../dev/mail-server';
import { click } from '../../support/browser-mouse';
import { us, workshop } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

export const fillForm = async (
  page: Page,
  account: { address: string; password: string; name?: string },
  mail: MailServer
): Promise<void> => {
  await page.getByLabel('Email address').fill(account.address);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  if (account.name) await page.getByLabel('Your name').fill(account.name);
  // The look-up of the address's domain fills in what it knows; it knows nothing of this one.
  await page.getByText('As your mail provider tells them in its help pages').waitFor();
  await page.getByLabel('IMAP server').fill('localhost');
  await page.getByLabel('IMAP port').fill(String(mail.imapsPort));
  await page.getByLabel('SMTP server').fill('localhost');
  await page.getByLabel('SMTP port').fill(String(mail.smtpsPort));
};

const steps = (page: Page): Locator =>
  page.getByRole('list', { name: /^Steps of the (IMAP|SMTP) test$/ }).getByRole('listitem');
const step = (page: Page, name: string): Locator => steps(page).filter({ hasText: name });
const testButton = (page: Page): Locator => page.getByRole('button', { name: 'Test the connection' });
const connectButton = (page: Page): Locator => page.getByRole('button', { name: 'Connect', exact: true });

const sha256 = (pem: string): string =>
  createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');

export const connectingTests = (stage: () => Stage): void => {
  test('S3: without an inbox "Write an email" is refused clearly, with the way to connect', async () => {
    const { page, openContact } = stage();
    await openContact();
    await page.getByLabel('Further email addresses').waitFor();
    await click(page.getByRole('button', { name: 'Write an email' }));

    const dialog = page.getByRole('dialog');
    await dialog.getByText('You have no connected inbox, so you cannot send.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Send' }).count()).toBe(0);
    await takePicture(page, 'no-inbox');
    await click(dialog.getByRole('link', { name: 'Connect an inbox' }));
    await page.getByRole('heading', { name: 'Connect an inbox' }).waitFor();
  });

  test('the menu leads to the inboxes, and from there to the form', async () => {
    const { page, open } = stage();
    await open('/');
    await click(page.getByRole('link', { name: 'Email', exact: true }));
    await page.getByText('No inbox is connected yet.').waitFor();
    await takePicture(page, 'inboxes-empty');
    await click(page.getByRole('link', { name: 'Connect an inbox' }));
    await page.getByText('What is read', { exact: true }).waitFor();
  });

  test('S43: servers that were filled in for an address go when its domain is corrected', async () => {
    const { page } = stage();
    await page.getByLabel('Email address').fill('uma@outlook.com');
    await page.getByText('Known for this provider; there is nothing to fill in').waitFor();
    await page.getByLabel('Email address').fill(us.address);
    await page.getByText('As your mail provider tells them in its help pages').waitFor();
    for (const server of ['IMAP server', 'SMTP server'])
      expect(await page.getByLabel(server).inputValue()).toBe('');
  });

  test('S39: a wrong password shows what passed, what failed, why, and what to do', async () => {
    const { page, mail } = stage();
    await fillForm(page, { ...us, password: 'not-the-password' }, mail);
    await click(testButton(page));

    const failed = step(page, 'Log in to IMAP');
    await failed.getByText('LOGIN_REFUSED').waitFor();
    for (const passed of ['Reach the IMAP server', 'Encrypt the IMAP connection'])
      expect(await step(page, passed).innerText()).toContain('passed');
    expect(await failed.innerText()).toMatch(/failed[\s\S]*password/i);
    await step(page, 'Log in to SMTP').getByText('LOGIN_REFUSED').waitFor();
    expect(await connectButton(page).isDisabled()).toBe(true);
    await takePicture(page, 'connect-failed', 'Test');
  });

  test('S2, S10: with the right password and consent the inbox is connected', async () => {
    const { page } = stage();
    await page.getByLabel('Password', { exact: true }).fill(us.password);
    await click(testButton(page));
    await page.getByText('The connection works.').waitFor();
    expect(await steps(page).filter({ hasText: 'passed' }).count()).toBe(7);
    expect(await connectButton(page).isDisabled()).toBe(true);

    for (const point of ['Headers of all new mail', 'Text and attachments of logged conversations only'])
      expect(await page.getByText(point).count()).toBe(1);
    await click(page.getByRole('checkbox', { name: 'I agree' }));
    await takePicture(page, 'connect', 'Test');
    await click(connectButton(page));
    await page.getByRole('heading', { name: us.address }).waitFor();
  });

  test('S2: the help answers with the folders and limits of this installation', async () => {
    const { page } = stage();
    await click(page.getByRole('button', { name: 'What happens when I connect?' }));
    await page.getByText(/new mail in the watched folders \([^)]*INBOX[^)]*\)/).waitFor();
    await click(page.getByRole('button', { name: 'How is it protected?' }));
    await page.getByText('this installation has one').waitFor();
  });

  test('P10: the list shows it as working, with its last check', async () => {
    const { page } = stage();
    await click(page.getByRole('link', { name: 'Inboxes' }));
    const row = page.getByRole('row').filter({ hasText: us.address });
    await row.getByText('Working').waitFor();
    await row.locator('time').waitFor();
    await takePicture(page, 'inboxes');
  });

  test('S35: a certificate that nobody vouches for is refused with its fingerprint, until it is trusted', async () => {
    const { page, untrusted, open } = stage();
    await open('/plugins/email-connect/inboxes/connect');
    await fillForm(page, workshop, untrusted.mail);
    await click(testButton(page));

    const refused = step(page, 'Encrypt the IMAP connection');
    await refused.getByText('TLS_CERTIFICATE_UNTRUSTED').waitFor();
    const shown = await refused.getByRole('code').innerText();
    await refused.getByText('CN=localhost').first().waitFor();
    expect(shown.replaceAll(/[^0-9a-f]/gi, '').toLowerCase()).toBe(sha256(untrusted.certificate.cert));
    expect(await step(page, 'Log in to IMAP').count()).toBe(0);
    await takePicture(page, 'certificate', 'Test');

    await click(refused.getByRole('button', { name: 'Trust this certificate' }));
    // One certificate for both servers is one question.
    await page.getByText('The connection works.').waitFor();
    expect(await page.getByText(/^Trusts one certificate/).count()).toBe(2);
  });
};
