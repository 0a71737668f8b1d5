import type { Locator } from 'playwright-core';
import { click } from '../../support/browser-mouse';
import { until } from '../../support/until';
import { arrowToRadio, focused, pressUntil } from './keyboard';
import { jonas, lena } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const contactType = 'plugin::email-connect.contact';

const english = {
  language: 'en',
  more: 'More actions',
  remove: /^Delete entry/,
  confirm: 'Confirm',
  keep: 'Keep, without a contact',
  erase: 'Erase for good',
  handOver: 'Hand over to another contact',
  search: 'Search contacts',
};
const german = {
  ...english,
  language: 'de',
  more: 'Weitere Aktionen',
  remove: /^(Eintrag löschen|Delete entry)/,
  confirm: 'Bestätigen',
  keep: 'Behalten, ohne Kontakt',
  erase: 'Endgültig löschen',
  handOver: 'Einem anderen Kontakt übergeben',
  search: 'Kontakte suchen',
};

/** Contacts that are deleted, with mail that stands on no other. */
export const leavingTests = (stage: () => Stage): void => {
  const pressTabUntil = (target: Locator): Promise<void> => pressUntil(target, 'Tab', 80);
  /** An address that Jonas reads, and no other contact carries. */
  const addressOf = (name: string): string =>
    jonas.address.replace('@', `+${name.toLowerCase().replace(' ', '-')}@`);
  const record = (name: string): Promise<string> =>
    stage().scene.crm.createContact({ name, email: addressOf(name), company: '' });
  const sent = (contactDocumentId: string, name: string, subject: string) =>
    stage().scene.crm.send({
      contactDocumentId,
      answersDocumentId: null,
      to: [addressOf(name)],
      cc: [],
      bcc: [],
      subject,
      text: 'Hello',
      html: '',
    });
  const dialog = (): Locator => stage().page.getByRole('alertdialog');
  /** Of the list to choose from. */
  const contact = (name: string): Locator => dialog().getByRole('radio', { name: new RegExp(`^${name}`) });
  /** What was listed before the search is gone: Nils was there too. */
  const expectOnlyNils = async (): Promise<void> => {
    await contact(lena.name).waitFor({ state: 'detached' });
    await contact('Nils Sund').waitFor();
  };
  /** Opens the Content Manager's dialog that deletes the record. */
  const askToDelete = async (documentId: string, words: typeof english): Promise<void> => {
    const { page, open } = stage();
    await open(`/content-manager/collection-types/${contactType}/${documentId}`);
    await page.evaluate((code) => localStorage.setItem('strapi-admin-language', code), words.language);
    await page.reload();
    await click(page.getByRole('button', { name: words.more, exact: true }).first());
    await click(page.getByRole('menuitem', { name: words.remove }));
    await dialog().waitFor();
  };

  let mira = '';
  let nils = '';

  beforeAll(async () => {
    mira = await record('Mira Sund');
    await sent(mira, 'Mira Sund', 'Bells for Mira');
    await sent(mira, 'Mira Sund', 'Baskets for Mira');
    nils = await record('Nils Sund');
  });

  afterAll(async () => {
    const { page } = stage();
    await page.evaluate(() => localStorage.removeItem('strapi-admin-language'));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test.each([
    [390, 'dark', german],
    [1280, 'light', english],
  ] as const)(
    'S45: whoever deletes a contact is asked about its mail, %i px wide, %s',
    async (width, colorScheme, words) => {
      const { page } = stage();
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await askToDelete(mira, words);
      await dialog().getByRole('radio', { name: words.keep }).waitFor();
      expect(await dialog().getByRole('radio', { name: words.keep }).isChecked()).toBe(true);
      await takePicture(page, `delete-contact-${width}-${colorScheme}-${words.language}`);
      await click(dialog().getByRole('radio', { name: words.erase }));
      await click(dialog().getByRole('radio', { name: words.handOver }));
      await contact(lena.name).waitFor();
      await dialog().getByRole('textbox', { name: words.search }).fill('Nils');
      await expectOnlyNils();
      for (const button of await dialog().getByRole('button').all()) {
        await until(async () => {
          await button.scrollIntoViewIfNeeded();
          const box = await button.boundingBox();
          return box !== null && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 844;
        }, 'A button of the dialog is out of the window.');
      }
      await takePicture(page, `delete-contact-hand-over-${width}-${colorScheme}-${words.language}`);
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
    }
  );

  test('S45: by keyboard its mail is handed over, and not before somebody was chosen', async () => {
    const { page, open } = stage();
    await page.setViewportSize({ width: 1280, height: 844 });
    await askToDelete(mira, english);
    await pressTabUntil(dialog().getByRole('radio', { name: english.keep }));
    for (const next of [english.erase, english.handOver]) {
      await arrowToRadio(dialog().getByRole('radio', { name: next }), 'ArrowDown');
      await focused(dialog().getByRole('radio', { name: next, checked: true })).waitFor();
    }
    const confirm = dialog().getByRole('button', { name: english.confirm });
    await pressTabUntil(confirm);
    await page.keyboard.press('Enter');
    await page.getByText('First say what is to become of the mail.').waitFor();
    await contact(lena.name).waitFor();
    await dialog().getByRole('textbox', { name: 'Search contacts' }).focus();
    await page.keyboard.type('Nils');
    await expectOnlyNils();
    await pressTabUntil(contact('Nils Sund'));
    await page.keyboard.press('Space');
    await pressTabUntil(confirm);
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await open(`/plugins/email-connect/records/${contactType}/${nils}`);
    await page.getByRole('link', { name: 'Bells for Mira' }).waitFor();
    await page.getByRole('link', { name: 'Baskets for Mira' }).waitFor();
  });

  test('S45, w72: it is erased where that was chosen', async () => {
    const { scene } = stage();
    const olga = await record('Olga Sund');
    const { threadDocumentId } = await sent(olga, 'Olga Sund', 'Bells for Olga');
    await askToDelete(olga, english);
    await click(dialog().getByRole('radio', { name: english.erase }));
    await click(dialog().getByRole('button', { name: english.confirm }));
    await dialog().waitFor({ state: 'detached' });
    expect(await scene.crm.readThread(threadDocumentId)).toMatchObject({ state: 'unlogged', messages: [] });
  });

  test('S45, w47: what was kept is on a page to which the inboxes lead, and is erased there', async () => {
    const { page, open } = stage();
    const pia = await record('Pia Sund');
    await sent(pia, 'Pia Sund', 'Bells for Pia');
    await askToDelete(pia, english);
    await dialog().getByRole('radio', { name: english.keep }).waitFor();
    await click(dialog().getByRole('button', { name: english.confirm }));
    await dialog().waitFor({ state: 'detached' });
    await open('/plugins/email-connect');
    const link = page.getByRole('link', { name: 'See this mail' });
    await link.waitFor();
    await takePicture(page, 'inboxes-with-mail-without-a-contact');
    await pressTabUntil(link);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Bells for Pia' }).waitFor();
    for (const [width, colorScheme, language] of [
      [1280, 'light', 'en'],
      [390, 'dark', 'de'],
    ] as const) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await page.evaluate((code) => localStorage.setItem('strapi-admin-language', code), language);
      await open('/plugins/email-connect/unassigned');
      await page.getByRole('link', { name: 'Bells for Pia' }).waitFor();
      await takePicture(page, `mail-without-a-contact-${width}-${colorScheme}-${language}`);
    }
    await page.evaluate(() => localStorage.removeItem('strapi-admin-language'));
    await page.setViewportSize({ width: 1280, height: 844 });
    await open('/plugins/email-connect/unassigned');
    await click(page.getByRole('link', { name: 'Bells for Pia' }));
    await click(page.getByRole('button', { name: 'Actions' }));
    await click(page.getByRole('menuitem', { name: 'Un-log for good' }));
    await click(page.getByRole('button', { name: 'Un-log for good' }));
    await page.getByText('The conversation is un-logged.').first().waitFor();
    await open('/plugins/email-connect/unassigned');
    await page.getByRole('heading', { name: 'Mail without a contact' }).waitFor();
    await page.getByRole('link', { name: 'Bells for Pia' }).waitFor({ state: 'detached' });
  });
};
