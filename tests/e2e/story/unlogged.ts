import type { Locator, Page } from 'playwright-core';
import { click } from '../../support/browser-mouse';
import {
  cargoBike,
  outing,
  outingDate,
  putColleague,
  putColleaguesLetter,
  putLeads,
  putNewLetter,
  winterStorage,
} from './older-mail';
import { focused } from './keyboard';
import { lena, nina, otto, us } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const section = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const found = (page: Page, subject: string): Locator =>
  page
    .getByRole('list', { name: 'Found in the mailbox' })
    .getByRole('listitem')
    .filter({ has: page.getByText(subject, { exact: true }) })
    .first();

const openInbox = async ({ page, open }: Stage): Promise<void> => {
  await open('/plugins/email-connect');
  await click(page.getByRole('link', { name: us.address }));
  await page.getByRole('heading', { name: us.address }).waitFor();
};

const openContactMail = async ({ page, openContact }: Stage): Promise<void> => {
  await openContact();
  await click(page.getByRole('link', { name: /^All conversations/ }));
  await page.getByRole('tab', { name: 'Conversations' }).waitFor();
};

/** Looks for mail with an address, and opens the explanation of one. */
const askWhy = async (stage: Stage, address: string, subject: string): Promise<Locator> => {
  const { page } = stage;
  await openInbox(stage);
  await click(page.getByRole('link', { name: 'Why is a mail (not) here?' }));
  await page.getByLabel('Address').fill(address);
  await click(button(page, 'Search'));
  const letter = found(page, subject);
  await click(letter.getByRole('button', { name: 'Why?' }));
  await letter.getByText('What decided').waitFor();
  return letter;
};

/** Mail that is not logged: why, what would be, and what a person makes of it. */
export const unloggedTests = (stage: () => Stage): void => {
  test('P10: nothing is set aside, and the page says that nothing is missing', async () => {
    const { page } = stage();
    await openInbox(stage());
    await section(page, 'Set aside').getByText('no mail is missing').waitFor();
    await section(page, 'Perhaps yours').getByText('Nothing to decide.').waitFor();
  });

  test('S18: what would be logged is counted before it is chosen, and nothing of it is read', async () => {
    const { page, mail } = stage();
    putNewLetter(mail);
    const policy = section(page, 'What is logged');
    await click(policy.getByRole('radio', { name: 'Everything with contacts' }));
    await click(button(page, 'Try it without logging'));
    // The letter of today, the older one and what follows it.
    await policy.getByText('It would log 3 more messages in 2 conversations.').waitFor();
    await policy.getByText(/Read the headers of \d+ messages, and 0 bodies\./).waitFor();
    await takePicture(page, 'dry-run', 'What is logged');
    await page.reload();
    expect(await policy.getByRole('radio', { name: 'Only replies' }).isChecked()).toBe(true);
  });

  test('P9: from the contact to its mail in the mailbox, with the reason why it is not here', async () => {
    const { page } = stage();
    await openContactMail(stage());
    await click(page.getByRole('link', { name: 'Log mail from the mailbox' }));
    expect(await page.getByLabel('Address').inputValue()).toBe(lena.address);
    const letter = found(page, winterStorage.subject);
    await letter.getByText('Not logged').waitFor();
    await found(page, cargoBike.subject).getByText('Not logged').waitFor();
    expect(
      await page
        .getByRole('list', { name: 'Found in the mailbox' })
        .getByText('Logged', { exact: true })
        .count()
    ).toBeGreaterThan(0);

    await page.getByLabel('Subject').fill('winter storage');
    await click(button(page, 'Search'));
    await found(page, cargoBike.subject).waitFor({ state: 'detached' });
    await click(letter.getByRole('button', { name: 'Why?' }));
    await letter
      .getByText('It belongs to no logged conversation, so nothing of it is kept.')
      .first()
      .waitFor();
    await letter.getByText('It is in: Archive').waitFor();
    await letter.getByText('What decided').waitFor();
    await takePicture(page, 'explanation', 'Found in the mailbox');
  });

  test('P9: "Log it now" asks, logs it, and leads to the conversation', async () => {
    const { page } = stage();
    const letter = found(page, winterStorage.subject);
    await click(letter.getByRole('button', { name: 'Log it now' }));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Its text and its files are read and stored here.').waitFor();
    await takePicture(page, 'log-now');
    await click(dialog.getByRole('button', { name: 'Log it now' }));
    await letter.getByText('Logged', { exact: true }).waitFor();
    await click(letter.getByRole('link', { name: 'Open the conversation' }));
    await page.getByRole('heading', { name: winterStorage.subject }).waitFor();
    await page.getByText('do you store bikes over the winter?').first().waitFor();
  });

  test('S45: mail from somebody who is no contact is put on one that is chosen', async () => {
    const { page, mail } = stage();
    putLeads(mail);
    const letter = await askWhy(stage(), nina.address, outingDate.subject);
    await click(letter.getByRole('button', { name: 'Log it now' }));
    const dialog = page.getByRole('dialog');
    await click(dialog.getByRole('radio', { name: 'Choose a contact' }));
    const log = dialog.getByRole('button', { name: 'Log with this contact' });
    await dialog.getByRole('radio', { name: `${lena.name} (${lena.address})` }).waitFor();
    await takePicture(page, 'log-now-choose');
    expect(await log.isDisabled()).toBe(true);
    await dialog.getByLabel('Search contacts').fill('nobody of this name');
    await dialog.getByText('No contact was found.').waitFor();
    await dialog.getByLabel('Search contacts').fill('hartmann');
    await click(dialog.getByRole('radio', { name: `${lena.name} (${lena.address})` }));
    await click(log);
    await letter.getByText('Logged', { exact: true }).waitFor();
    await click(letter.getByRole('link', { name: 'Open the conversation' }));
    await page.getByRole('heading', { name: outingDate.subject }).waitFor();
    await page.getByRole('link', { name: lena.name }).waitFor();
  });

  test.each([
    [1280, 'dark', 'en', 'Why?', 'Log it now', 'Close'],
    [390, 'light', 'en', 'Why?', 'Log it now', 'Close'],
    [390, 'dark', 'de', 'Warum?', 'Jetzt erfassen', 'Schließen'],
  ] as const)(
    'S45: its dialog at %i px, %s, %s is as wide as the window at most',
    async (width, colorScheme, language, why, logNow, close) => {
      const { page } = stage();
      await openInbox(stage());
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await page.evaluate((set) => localStorage.setItem('strapi-admin-language', set), language);
      await page.goto(`${page.url()}/search?address=${nina.address}`);
      const letter = page.getByRole('listitem').filter({ hasText: outing.subject }).first();
      await click(letter.getByRole('button', { name: why }));
      await click(letter.getByRole('button', { name: logNow }));
      const dialog = page.getByRole('dialog');
      await dialog.getByText(nina.address).first().waitFor();
      await takePicture(page, `log-now-nobody-${width}-${colorScheme}-${language}`);
      const excess = await dialog.evaluate(
        (element) => Math.max(element.scrollWidth, element.getBoundingClientRect().right) - window.innerWidth
      );
      expect(excess).toBeLessThanOrEqual(0);
      await click(dialog.getByRole('button', { name: close }));
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.emulateMedia({ colorScheme: 'light' });
      await page.evaluate(() => localStorage.setItem('strapi-admin-language', 'en'));
    }
  );

  test('S45: mail from somebody new is logged once its author is a contact, and opens', async () => {
    const { page } = stage();
    const letter = await askWhy(stage(), nina.address, outing.subject);
    const logNow = letter.getByRole('button', { name: 'Log it now' });
    await click(logNow);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${nina.address} is not a contact that you can see.`).waitFor();
    await takePicture(page, 'log-now-nobody');
    // The keyboard alone: closed, the focus is back; opened, it fills in the name, and Enter logs the mail.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await focused(logNow).waitFor();
    await page.keyboard.press('Enter');
    const name = dialog.getByLabel('Name');
    expect(await name.inputValue()).toBe(nina.name);
    await name.focus();
    await page.keyboard.press('Enter');
    await letter.getByText('Logged', { exact: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === 'Open the conversation');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: outing.subject }).waitFor();
    await page.getByText('do you rent out bikes for a company outing?').first().waitFor();
    await page.getByRole('link', { name: nina.name }).waitFor();
  });

  test('S45, w7: a suggestion that would be on nobody asks for a contact, by the keyboard alone', async () => {
    const { page, mail } = stage();
    putColleague(mail);
    await page.getByText('Otto takes care of it.').first().waitFor();
    putColleaguesLetter(mail);
    await openInbox(stage());
    const perhaps = section(page, 'Perhaps yours');
    const accept = perhaps.getByRole('button', { name: 'It belongs there' });
    await accept.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${otto.address} is not a contact that you can see.`).waitFor();
    await takePicture(page, 'suggestion-nobody');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await focused(accept).waitFor();
    await page.keyboard.press('Enter');
    const name = dialog.getByLabel('Name');
    expect(await name.inputValue()).toBe(otto.name);
    await name.focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await perhaps.getByText('Nothing to decide.').waitFor();
  });

  test('P9: a Message-ID that is nowhere is said to be nowhere, with where it was looked for', async () => {
    const { page } = stage();
    await openInbox(stage());
    await click(page.getByRole('link', { name: 'Why is a mail (not) here?' }));
    await page.getByLabel('Message-ID').fill('<nobody-sent-this@nowhere.test>');
    await click(button(page, 'Search'));
    await page.getByText('It is not in the mailbox any more, or never came to it.').waitFor();
    await page.getByText(/^Looked into: .*INBOX/).waitFor();
  });

  test('S7: older mail is read when it is asked for, and brings what belongs to the conversation', async () => {
    const { page } = stage();
    await openInbox(stage());
    const history = section(page, 'History');
    await click(button(page, 'Start'));
    await history.getByText('Done', { exact: true }).waitFor();
    await history.getByText('100 %').waitFor();
    await history.getByText(/messages looked at, 1 logged$/).waitFor();
    await takePicture(page, 'history', 'History');
    await openContactMail(stage());
    await click(page.getByRole('link', { name: winterStorage.subject }));
    await page.getByText('could you true the wheels').first().waitFor();
  });

  test('S21: a conversation is muted and logged again', async () => {
    const { page } = stage();
    await click(button(page, 'Actions'));
    await click(page.getByRole('menuitem', { name: 'Mute: log no more of it' }));
    await page.getByText('This conversation is muted').waitFor();
    await click(button(page, 'Actions'));
    await click(page.getByRole('menuitem', { name: 'Log it again' }));
    await page.getByText('This conversation is muted').waitFor({ state: 'detached' });
  });

  test('S21: one message is removed for good, and the other stays', async () => {
    const { page } = stage();
    const newest = page.getByRole('article').last();
    await click(newest.getByRole('button', { name: 'Remove for good' }));
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('The message is deleted here. This cannot be undone.').waitFor();
    await click(dialog.getByRole('button', { name: 'Remove for good' }));
    await page.getByText('could you true the wheels').first().waitFor({ state: 'detached' });
    expect(await page.getByRole('article').count()).toBe(1);
  });

  test('S21: un-logging says what it deletes, deletes it, and keeps it away', async () => {
    const { page } = stage();
    await click(button(page, 'Actions'));
    await click(page.getByRole('menuitem', { name: 'Un-log for good' }));
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('1 message and 0 files of it are deleted here.').waitFor();
    await takePicture(page, 'unlog');
    await click(dialog.getByRole('button', { name: 'Un-log for good' }));
    await page.getByText('This conversation is no longer logged').waitFor();
    expect(await page.getByRole('article').count()).toBe(0);

    await openContactMail(stage());
    expect(await page.getByRole('link', { name: winterStorage.subject }).count()).toBe(0);
    await click(page.getByRole('link', { name: 'Log mail from the mailbox' }));
    await found(page, winterStorage.subject).getByText('Somebody removed it here for good').waitFor();
  });

  test('logging with one contact is paused, seen beside the record, and goes on', async () => {
    const { page, openContact } = stage();
    await openContactMail(stage());
    const pause = page.getByRole('switch', { name: 'Pause logging with this contact' });
    await click(pause);
    await page.getByRole('switch', { name: 'Pause logging with this contact', checked: true }).waitFor();
    await openContact();
    await page.getByText('Logging with this contact is paused.').waitFor();
    await openContactMail(stage());
    await click(pause);
    await page.getByRole('switch', { name: 'Pause logging with this contact', checked: false }).waitFor();
  });
};
