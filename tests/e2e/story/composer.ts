import type { Locator, Page, Request } from 'playwright-core';
import { recordPath } from '../../../src/plugins/email-connect/admin/src/plugin-id';
import { click, hover } from '../../support/browser-mouse';
import { focused, pressUntil } from './keyboard';
import { jonas } from './people';
import type { Stage } from './stage';

const contactType = 'plugin::email-connect.contact';
const english = {
  write: 'Write an email',
  subject: 'Subject',
  message: 'Message',
  files: 'Attachments',
  addCc: 'Add Cc',
  cc: 'Cc',
  cancel: 'Cancel',
  send: 'Send',
};
const german: typeof english = {
  write: 'E-Mail schreiben',
  subject: 'Betreff',
  message: 'Nachricht',
  files: 'Anhänge',
  addCc: 'Cc hinzufügen',
  cc: 'Cc',
  cancel: 'Abbrechen',
  send: 'Senden',
};
const files = ['Offer.pdf', `${'Everything that we talked about on the phone, '.repeat(4)}in short.txt`];

/** As wide as the dialog, or its own scroll bar would lie over what stands below. */
const expectNoSidewaysScroll = async (dialog: Locator): Promise<void> => {
  const excess = await dialog
    .locator('[data-radix-scroll-area-viewport]')
    .evaluate((viewport) => viewport.scrollWidth - viewport.clientWidth);
  expect(excess).toBe(0);
};

const expectWithinReach = async (dialog: Locator, words: typeof english): Promise<void> => {
  for (const field of [words.subject, words.message])
    await hover(dialog.getByRole('textbox', { name: field }));
  for (const button of [words.send, words.cancel])
    await hover(dialog.getByRole('button', { name: button, exact: true }));
  await expectNoSidewaysScroll(dialog);
};

/** Opens the dialog, fills it step by step, and closes it again, all with the mouse. */
const walkThrough = async (page: Page, words: typeof english): Promise<void> => {
  const write = page.getByRole('button', { name: words.write });
  await click(write);
  const dialog = page.getByRole('dialog');
  await focused(dialog.getByLabel(words.subject)).waitFor();
  await expectWithinReach(dialog, words);
  await dialog
    .getByLabel(words.files)
    .setInputFiles(files.map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('words') })));
  await dialog.getByRole('listitem').nth(1).waitFor();
  await expectWithinReach(dialog, words);
  await click(dialog.getByRole('button', { name: words.addCc, exact: true }));
  await dialog.getByLabel(words.cc, { exact: true }).waitFor();
  await expectWithinReach(dialog, words);
  await click(dialog.getByRole('button', { name: words.cancel, exact: true }));
  await dialog.waitFor({ state: 'detached' });
  await focused(write).waitFor();
};

const pressTabUntil = (target: Locator): Promise<void> => pressUntil(target, 'Tab', 60);

export const composerTests = (stage: () => Stage): void => {
  let documentId: string;

  beforeAll(async () => {
    documentId = await stage().scene.crm.createContact({
      name: jonas.name,
      email: jonas.address,
      company: 'Berg Touren',
    });
  });

  const openRecord = () => stage().open(recordPath(contactType, documentId));

  afterEach(async () => {
    await stage().page.setViewportSize({ width: 1440, height: 900 });
    await stage().page.evaluate(() => {
      for (const setting of ['STRAPI_THEME', 'strapi-admin-language']) localStorage.removeItem(setting);
    });
  });

  test.each([
    [1400, 900],
    [1366, 768],
    [1280, 720],
    [1920, 1080],
    [390, 844],
  ])(
    'S5: in a window of %i x %i the mouse gets at Send and Cancel, whatever is filled in',
    async (width, height) => {
      const { page } = stage();
      await page.setViewportSize({ width, height });
      await openRecord();
      await walkThrough(page, english);
    }
  );

  test.each([
    ['in the dark', 'STRAPI_THEME', 'dark', english],
    ['in German', 'strapi-admin-language', 'de', german],
  ])('S5: %s it gets there too', async (_name, setting, value, words) => {
    const { page } = stage();
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.evaluate(([key, set]) => localStorage.setItem(key, set), [setting, value] as const);
    await openRecord();
    await walkThrough(page, words);
  });

  test('S5: by keyboard alone a mail is written beside the contact and sent, and the contact is not saved', async () => {
    const { page, mail, open } = stage();
    await open(`/content-manager/collection-types/${contactType}/${documentId}`);
    const write = page.getByRole('button', { name: english.write });
    await write.waitFor();
    const saved: string[] = [];
    const note = (request: Request): void => {
      if (request.method() !== 'GET') saved.push(new URL(request.url()).pathname);
    };
    page.on('request', note);

    await pressTabUntil(write);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const field = (name: string): Locator => dialog.getByRole('textbox', { name });
    await focused(field(english.subject)).waitFor();
    await page.keyboard.type('Typed, not clicked');
    await page.keyboard.press('Enter');
    await dialog.getByText('Write a message or attach a file.').waitFor();
    await focused(field(english.message)).waitFor();
    await page.keyboard.type('Hello Jonas.');
    await pressTabUntil(dialog.getByRole('button', { name: english.send }));
    await page.keyboard.press('Enter');

    await page.getByRole('link', { name: 'Typed, not clicked' }).waitFor();
    await focused(write).waitFor();
    const [received] = mail.mailbox(jonas.address).messages('INBOX');
    expect(received?.raw.toString('latin1')).toContain('Hello Jonas.');
    page.off('request', note);
    expect(saved).toEqual(['/email-connect/messages']);
  });
};
