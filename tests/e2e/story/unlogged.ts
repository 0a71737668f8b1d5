import type { Locator, Page } from 'playwright-core';
import { click } from '../../support/browser-mouse';
import { cargoBike, putNewLetter, winterStorage } from './older-mail';
import { lena, us } from './people';
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
