import type { Locator } from 'playwright-core';
import { addAdminUser } from '../../support/admin-user';
import { click } from '../../support/browser-mouse';
import { focused, pressUntil } from './keyboard';
import { lena, us } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const title = 'Whose inbox this is';

/** An inbox that is shared and handed over, and one in the name of a customer. */
export const ownershipTests = (stage: () => Stage): void => {
  let inbox: string;
  const region = (name = title): Locator => stage().page.getByRole('region', { name, exact: true });
  const openInbox = async (documentId = inbox): Promise<void> => {
    await stage().open(`/plugins/email-connect/inboxes/${documentId}`);
    await stage().page.getByRole('heading', { name: title }).waitFor();
  };

  beforeAll(async () => {
    const { admin } = stage().scene.strapi;
    const actions = ['inboxes.read', 'inboxes.connect', 'threads.read'];
    await addAdminUser(
      admin,
      'Vic',
      actions.map((action) => ({ action: `plugin::email-connect.${action}` }))
    );
    const answer = await admin.fetch('GET', '/email-connect/inboxes');
    const { inboxes } = (await answer.json()) as { inboxes: { documentId: string; address: string }[] };
    inbox = inboxes.find(({ address }) => address === us.address)?.documentId ?? '';
  });

  afterAll(async () => {
    const { page } = stage();
    await page.evaluate(() => localStorage.removeItem('strapi-admin-language'));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('w70: its owner names a role, by keyboard, and takes a person away again', async () => {
    const { page } = stage();
    await openInbox();
    await region().getByText('Owner: Ada Admin (you)').waitFor();
    for (const who of ['Everybody with the role Role of Vic', 'Vic Admin']) {
      await pressUntil(page.getByRole('combobox', { name: 'Name a person or a role' }));
      await page.keyboard.press('Enter');
      const option = page.getByRole('option', { name: who, exact: true });
      await option.waitFor();
      // The focus follows what is typed a moment later, and must not look for an option of a list that is closed.
      await page.keyboard.type(who, { delay: 20 });
      await focused(option).waitFor();
      await page.keyboard.press('Enter');
      await pressUntil(region().getByRole('button', { name: 'Add' }));
      await page.keyboard.press('Enter');
      await page.getByText(`${who} sees the mail of this inbox now, and can send from it.`).waitFor();
      await region().getByRole('listitem').filter({ hasText: who }).waitFor();
    }
    await takePicture(page, 'ownership', title);
    await pressUntil(page.getByRole('button', { name: 'Remove Vic Admin' }));
    await page.keyboard.press('Enter');
    await page.getByText('This inbox is not shared with Vic Admin any more.').waitFor();
    await region().getByRole('listitem').filter({ hasText: 'Vic Admin' }).waitFor({ state: 'detached' });
    expect(await region().getByRole('listitem').count()).toBe(1);
  });

  test.each([
    [390, 'light', 'en', title],
    [390, 'dark', 'de', 'Wem dieses Postfach gehört'],
  ] as const)('w70: it is read %i px wide, %s, in %s', async (width, colorScheme, language, heading) => {
    const { page, open } = stage();
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await page.evaluate((code) => localStorage.setItem('strapi-admin-language', code), language);
    await open(`/plugins/email-connect/inboxes/${inbox}`);
    await page.getByRole('heading', { name: heading }).waitFor();
    const buttons = region(heading).getByRole('button');
    await buttons.first().waitFor();
    for (const button of await buttons.all()) {
      const box = await button.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
    }
    await takePicture(page, `ownership-${width}-${colorScheme}-${language}`, heading);
  });

  test('w70: it is handed over, after it is said what that means', async () => {
    const { page } = stage();
    await page.evaluate(() => localStorage.removeItem('strapi-admin-language'));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await openInbox();
    const handOver = region().getByRole('button', { name: 'Hand over' });
    expect(await handOver.isDisabled()).toBe(true);
    for (const [to, owner] of [
      ['Vic Admin', 'Owner: Vic Admin'],
      ['Ada Admin', 'Owner: Ada Admin (you)'],
    ] as const) {
      await click(region().getByRole('combobox', { name: 'New owner' }));
      await click(page.getByRole('option', { name: to, exact: true }));
      await click(handOver);
      const dialog = page.getByRole('alertdialog');
      await dialog.getByText(`Hand ${us.address} over to ${to}?`).waitFor();
      await dialog.getByText('It is recorded who handed it over to whom, and when.').waitFor();
      await takePicture(page, `hand-over-to-${to.slice(0, 3).toLowerCase()}`);
      await click(dialog.getByRole('button', { name: 'Hand over' }));
      await page.getByText(`The inbox belongs to ${to} now.`).waitFor();
      await region().getByText(owner, { exact: true }).waitFor();
    }
  });

  test("w51: whoever connects a customer's address is asked whether it is the team's", async () => {
    const { page, open, scene } = stage();
    const form = scene.inboxForm(lena.address, lena.password);
    const { documentId } = await scene.crm.connectInbox(form);
    await open('/plugins/email-connect');
    await page.getByRole('row').filter({ hasText: lena.address }).getByText('Address to confirm').waitFor();
    await openInbox(documentId);
    await page.getByText(`Is ${lena.address} an address of your team?`).waitFor();
    await takePicture(page, 'team-address');
    await click(page.getByRole('button', { name: 'It is one of ours' }));
    await page.getByText(`Is ${lena.address} an address of your team?`).waitFor({ state: 'detached' });
    await region().getByText(`${lena.address} counts as an address of your team`).waitFor();
  });

  test('w70: who has several inboxes chooses the one that an email goes out from', async () => {
    const { page, openContact } = stage();
    await openContact();
    await click(page.getByRole('button', { name: 'Write an email' }));
    const from = page.getByRole('dialog').getByRole('combobox', { name: 'From' });
    expect(await from.innerText()).toContain(us.address);
    await click(from);
    await click(page.getByRole('option', { name: lena.address }));
    expect(await from.innerText()).toContain(lena.address);
    await takePicture(page, 'compose-from');
    await click(page.getByRole('dialog').getByRole('button', { name: 'Cancel' }));
  });

  test('w51: and a manager takes it back', async () => {
    const { page, open } = stage();
    await open('/plugins/email-connect');
    await click(page.getByRole('link', { name: lena.address }));
    await click(page.getByRole('button', { name: 'It is not one of ours' }));
    await page.getByText(`Is ${lena.address} an address of your team?`).waitFor();
  });
};
