import type { Locator, Page } from 'playwright-core';
import { click } from '../../support/browser-mouse';
import { us } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const folder = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
const roleOf = (page: Page, name: string): Locator =>
  page.getByRole('combobox', { name: `What ${name} is for` });
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

export const inboxTests = (stage: () => Stage): void => {
  test('P10: the inbox page says how it is, and how far each folder is complete', async () => {
    const { page, open } = stage();
    await open('/plugins/email-connect');
    await click(page.getByRole('link', { name: us.address }));
    await page.getByRole('heading', { name: us.address }).waitFor();
    await page.getByText('Working').waitFor();
    const state = page.getByRole('region', { name: 'State', exact: true });
    await state.getByText('Complete up to').waitFor();
    await state.getByText('0 missing').waitFor();
    await folder(page, 'INBOX').locator('time').waitFor();
    await folder(page, 'INBOX').getByText('0 missing').waitFor();
    await folder(page, 'Trash').getByText('Not read', { exact: true }).waitFor();
    await takePicture(page, 'inbox');
  });

  test('S16: what a folder is for is chosen and saved', async () => {
    const { page } = stage();
    for (const [role, shown] of [
      ['Do not read', 'Not read'],
      ['Look for replies', '0 missing'],
    ] as const) {
      await click(roleOf(page, 'Archive'));
      await click(page.getByRole('option', { name: role }));
      await click(button(page, 'Save folders'));
      await page.getByText('The folders are saved.').waitFor();
      await page.reload();
      await folder(page, 'Archive').getByText(shown, { exact: true }).waitFor();
      expect(await roleOf(page, 'Archive').innerText()).toContain(role);
    }
    await takePicture(page, 'folders', 'Folders');
  });

  test('an inbox is paused and resumed', async () => {
    const { page } = stage();
    await click(button(page, 'Pause reading'));
    await page.getByText('No mail is read while it is paused.').waitFor();
    expect(await button(page, 'Check now').isDisabled()).toBe(true);
    await click(button(page, 'Resume reading'));
    await page.getByText('Working').waitFor();
  });

  test('S43: the password is asked for again when the server is another, and only then', async () => {
    const { page } = stage();
    await click(button(page, 'Server settings'));
    await page.getByText('Leave it empty to keep the stored one.').waitFor();
    const host = page.getByLabel('IMAP server');
    await host.fill('imap.elsewhere.test');
    await page.getByText('Enter the password again').waitFor();
    await click(button(page, 'Test the connection'));
    expect(await page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByText('Reach the IMAP server').count()).toBe(0);

    await host.fill('localhost');
    await page.getByText('Leave it empty to keep the stored one.').waitFor();
  });

  test('S36: disconnecting says what it does, and the password is gone', async () => {
    const { page, open, mail } = stage();
    await click(button(page, 'Disconnect'));
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(`Disconnect ${us.address}?`).waitFor();
    await dialog.getByText('Its password is deleted here.').waitFor();
    await takePicture(page, 'disconnect');
    await click(dialog.getByRole('button', { name: 'Cancel' }));
    await page.getByText('Working').waitFor();

    await click(button(page, 'Disconnect'));
    await click(page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }));
    await page.getByRole('heading', { name: 'Connect again' }).waitFor();
    await open('/plugins/email-connect');
    await page.getByRole('row').filter({ hasText: us.address }).getByText('Disconnected').waitFor();
    expect(
      mail
        .mailbox(us.address)
        .messages('INBOX')
        .map(({ flags }) => flags)
    ).toEqual([[], [], []]);
  });

  test('S3, S24: disconnected, the conversations stay and nothing can be sent', async () => {
    const { page, openContact } = stage();
    await openContact();
    await page.getByRole('list', { name: 'Conversations' }).getByRole('link').waitFor();
    await click(page.getByRole('button', { name: 'Write an email' }));
    await page.getByRole('dialog').getByText('You have no connected inbox').waitFor();
  });

  test('S9: connected again with its password it works, and each sent mail has one copy', async () => {
    const { page, open, mail } = stage();
    await open('/plugins/email-connect');
    await click(page.getByRole('link', { name: us.address }));
    expect(await button(page, 'Connect again').isDisabled()).toBe(true);
    await page.getByLabel('Password', { exact: true }).fill(us.password);
    await click(button(page, 'Test the connection'));
    await page.getByText('The connection works.').waitFor();
    await click(button(page, 'Connect again'));
    await page.getByText('Working').waitFor();
    // Three mails were sent: one copy of each, S9.
    expect(mail.mailbox(us.address).messages('Sent')).toHaveLength(3);
  });
};
