import { adminClient } from '../../support/admin-client';
import { addAdminUser } from '../../support/admin-user';
import { click } from '../../support/browser-mouse';
import { pressUntil } from './keyboard';
import { lena } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const contactType = 'plugin::email-connect.contact';
const onContacts = (verb: string, ...conditions: string[]) => ({
  action: `plugin::content-manager.explorer.${verb}`,
  subject: contactType,
  fields: ['name', 'email', 'furtherEmails', 'company'],
  conditions,
});

/** Addresses that a colleague writes into records of their own, who may not see Lena's mail. */
export const addressesTests = (stage: () => Stage): void => {
  const records: string[] = [];

  beforeAll(async () => {
    const { strapi } = stage().scene;
    const token = await addAdminUser(strapi.admin, 'seller', [
      onContacts('create'),
      onContacts('read', 'admin::is-creator'),
    ]);
    const seller = adminClient(strapi.url, token);
    for (const name of ['Hartmann, Lena', 'Hartmann Cycles Ltd', 'Lena from Kiel']) {
      const made = await seller.call('POST', `/content-manager/collection-types/${contactType}`, {
        name,
        email: lena.address,
      });
      const { data } = (await made.json()) as { data: { documentId: string } };
      records.push(data.documentId);
    }
  });

  afterAll(async () => {
    const { page } = stage();
    await page.evaluate(() => localStorage.removeItem('strapi-admin-language'));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('w31: whoever sees the mail is asked on the record, and says yes with one click', async () => {
    const { page, open } = stage();
    await open(`/plugins/email-connect/records/${contactType}/${records[0]}`);
    await page.getByText(`Does ${lena.address} belong to this contact?`).waitFor();
    // Whoever reads all contacts sees its mail all the same.
    await page.getByRole('list', { name: 'Conversations' }).waitFor();
    await takePicture(page, 'address-to-confirm');
    await click(page.getByRole('button', { name: 'Confirm address' }));
    await page.getByText(`The mail of ${lena.address} is shown on this contact now.`).waitFor();
    await page.getByText(`Does ${lena.address} belong to this contact?`).waitFor({ state: 'detached' });
  });

  test.each([
    [390, 'light', 'en', 'Confirm these 2 addresses'],
    [390, 'dark', 'de', 'Diese 2 Adressen bestätigen'],
    [1280, 'dark', 'en', 'Confirm these 2 addresses'],
  ] as const)(
    'w31: those that wait are on a page, %i px wide, %s, in %s',
    async (width, colorScheme, language, all) => {
      const { page, open } = stage();
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await page.evaluate((code) => localStorage.setItem('strapi-admin-language', code), language);
      await open('/plugins/email-connect/addresses');
      await page.getByRole('button', { name: all }).waitFor();
      const box = await page.getByRole('button', { name: all }).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
      await takePicture(page, `addresses-to-confirm-${width}-${colorScheme}-${language}`);
    }
  );

  test('w31: where the list of inboxes leads by keyboard, and one after the other is confirmed', async () => {
    const { page, open } = stage();
    await page.setViewportSize({ width: 1280, height: 844 });
    await page.evaluate(() => localStorage.removeItem('strapi-admin-language'));
    await open('/plugins/email-connect');
    await page.getByText('2 addresses wait to be confirmed').waitFor();
    await pressUntil(page.getByRole('link', { name: 'See addresses' }));
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Hartmann Cycles Ltd' }).waitFor();
    await pressUntil(
      page.getByRole('button', { name: `Confirm address ${lena.address} on Hartmann Cycles Ltd` })
    );
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Hartmann Cycles Ltd' }).waitFor({ state: 'detached' });
    await click(page.getByRole('button', { name: 'Confirm this address' }));
    await page.getByText('No address waits to be confirmed.').waitFor();
  });
};
