import type { Locator, Page } from 'playwright-core';
import { click } from '../../support/browser-mouse';
import { endWait } from '../../support/outbox-view';
import { focused, pressUntil } from './keyboard';
import { lena, us } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const subject = 'Your winter service';
const desk = { width: 1400, height: 900 };
const phone = { width: 390, height: 844 };

const button = (within: Page | Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true });
const card = (page: Page, words: string): Locator => page.getByRole('article').filter({ hasText: words });
const headerOf = (message: Locator): Locator => message.locator('button[aria-expanded]').first();

const pressTabUntil = (target: Locator): Promise<void> => pressUntil(target, 'Tab', 80);

const reply = async (page: Page, words: string): Promise<void> => {
  await click(button(page, 'Reply'));
  await page.getByRole('textbox', { name: 'Message' }).fill(words);
  await click(button(page, 'Send'));
};

/** How many mails with these words Lena has. */
const countOf = ({ mail }: Stage, words: string): number =>
  mail
    .mailbox(lena.address)
    .messages('INBOX')
    .filter(({ raw }) => raw.includes(words)).length;

const threadOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** As if the minutes had passed after which it is looked for; what is sent next wakes the loop that looks. */
const endWaitOf = async ({ page, scene }: Stage, words: string): Promise<void> => {
  const { messages } = await scene.crm.readThread(threadOf(page));
  const message = messages.find(({ text }) => text.includes(words));
  if (!message) throw new Error(`No message says "${words}".`);
  await endWait(scene, message.documentId);
};

const openInbox = async ({ page, open }: Stage): Promise<void> => {
  await open('/plugins/email-connect');
  await click(page.getByRole('link', { name: us.address }));
  await page.getByRole('heading', { name: us.address }).waitFor();
};

/** Writes beside the record; the dialog stays open when Send fails. */
const writeTo = async ({ page, openContact }: Stage, words: string): Promise<Locator> => {
  await openContact();
  await click(button(page, 'Write an email'));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Subject').fill(subject);
  await dialog.getByLabel('Message').fill(words);
  await click(button(dialog, 'Send'));
  return dialog;
};

/** Mail that does not go out at once: what is said of it, and each way out. */
export const sendingTests = (stage: () => Stage): void => {
  let conversation: string;

  beforeAll(() => stage().page.setViewportSize(desk));

  afterEach(async () => {
    await stage().page.setViewportSize(desk);
    await stage().page.emulateMedia({ colorScheme: 'light' });
    stage().mail.faults.clear();
  });

  test('S51: a mail that the server refuses keeps its words, and is edited and sent again', async () => {
    const { page, mail } = stage();
    const refusal = { do: 'answer', text: '550 5.1.1 No such user here' } as const;
    mail.faults.inject({ command: 'SMTP RCPT', effect: refusal });
    const dialog = await writeTo(stage(), 'Shall we keep your bike?');
    await dialog.getByRole('alert').getByText('No such user here').waitFor();
    expect(await dialog.getByLabel('Message').inputValue()).toBe('Shall we keep your bike?');
    await takePicture(page, 'refused');
    await click(button(dialog, 'Cancel'));

    await page.getByRole('list', { name: 'Conversations' }).getByText('Not sent').waitFor();
    await click(page.getByRole('link', { name: subject }).first());
    const failed = card(page, 'Shall we keep your bike?');
    await failed.getByText('This email was not sent.').waitFor();
    await failed.getByText('Not sent', { exact: true }).waitFor();
    await button(failed, 'Edit and send again').waitFor();
    expect(await button(page, 'Reply').count()).toBe(0);
    await takePicture(page, 'not-sent');
    await click(button(failed, 'Edit and send again'));
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe(lena.address);
    expect(await page.getByLabel('Subject').inputValue()).toBe(subject);
    await page.getByRole('textbox', { name: 'Message' }).fill('Shall we keep your bike until March?');
    await click(button(page, 'Send'));

    const sent = card(page, 'until March?');
    await sent.getByText('Sent', { exact: true }).waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
    expect(countOf(stage(), 'Shall we keep your bike')).toBe(1);
    conversation = page.url();
  });

  test('S51: a mail whose answer is lost is looked for, and not offered to be sent again', async () => {
    const { page, mail } = stage();
    mail.faults.inject({ command: 'SMTP DATA', effect: { do: 'drop' } });
    await reply(page, 'The brakes are worn.');
    const lost = card(page, 'The brakes are worn.');
    await lost.getByText('This email is being looked for in Sent.').waitFor();
    await lost.getByText('Being looked for', { exact: true }).waitFor();
    expect(await button(lost, 'Send again').count()).toBe(0);
    await takePicture(page, 'looked-for');
    // What Lena may never have seen is not what the next reply answers.
    await click(button(page, 'Reply'));
    await click(button(page, 'Cancel'));
    await focused(button(page, 'Reply')).waitFor();
  });

  test('S51: a mail that waits is cancelled, by keyboard', async () => {
    const { page, mail } = stage();
    await endWaitOf(stage(), 'The brakes are worn.');
    mail.faults.inject({ command: 'SMTP RCPT', effect: { do: 'answer', text: '451 4.7.1 Come back later' } });
    await reply(page, 'We open at nine.');
    const waiting = card(page, 'We open at nine.');
    await waiting.getByText('This email waits and is sent by itself.').waitFor();
    await waiting.getByText('Waiting', { exact: true }).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(page, 'waiting-dark');

    await pressTabUntil(button(waiting, 'Cancel sending'));
    await page.keyboard.press('Enter');
    await waiting.getByText('This email was cancelled before it was sent.').waitFor();
    await focused(headerOf(waiting)).waitFor();
    await button(waiting, 'Edit and send again').waitFor();
    expect(countOf(stage(), 'We open at nine.')).toBe(0);
  });

  test('S51: the inbox says how sending goes, and the list what waits for an answer', async () => {
    const { page, open } = stage();
    await openInbox(stage());
    const sending = page.getByRole('region', { name: 'Sending', exact: true });
    await sending.getByText('Needs your answer').waitFor();
    await sending.getByText(/^1 email: nobody knows whether it was sent/).waitFor();
    await takePicture(page, 'sending');
    const listed = sending.getByRole('list', { name: 'Not out yet, and not sent in the last 7 days' });
    const row = (words: string) => listed.getByRole('listitem').filter({ hasText: words });
    await row('No such user here').getByText('Not sent', { exact: true }).waitFor();
    await click(row('Nobody knows').getByRole('link'));
    await card(page, 'The brakes are worn.').getByText('Nobody knows whether this email was sent.').waitFor();
    await open('/plugins/email-connect');
    await page
      .getByRole('row')
      .filter({ hasText: us.address })
      .getByText('1 email needs your answer')
      .waitFor();
    await takePicture(page, 'inboxes-undecided');
  });

  test('S51: a person says what became of a mail of which nobody knows, on a phone', async () => {
    const { page } = stage();
    await page.setViewportSize(phone);
    await page.goto(conversation);
    const asked = card(page, 'The brakes are worn.');
    await asked.getByText('Nobody knows whether this email was sent.').waitFor();
    await button(asked, 'It went out').waitFor();
    await takePicture(page, 'asked-phone');
    await click(button(asked, 'Send again'));
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('If it went out the first time, it may arrive twice.').waitFor();
    await takePicture(page, 'send-again-phone');
    await click(button(dialog, 'Cancel'));
    await focused(button(asked, 'Send again')).waitFor();

    await click(button(asked, 'It did not go out'));
    await asked.getByText('This email was not sent.').waitFor();
    await focused(headerOf(asked)).waitFor();
    await click(button(asked, 'Edit and send again'));
    await takePicture(page, 'edit-again-phone');
    await click(button(page, 'Send'));
    await asked.nth(1).getByText('Sent', { exact: true }).waitFor();
    expect(countOf(stage(), 'The brakes are worn.')).toBe(1);
  });

  test('S51: a press whose answer was lost makes no second mail, whatever is pressed then', async () => {
    const { page } = stage();
    await page.route(
      '**/email-connect/messages',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 }
    );
    const dialog = await writeTo(stage(), 'Your saddle is here.');
    await dialog.getByRole('alert').getByText('The server did not answer.').waitFor();

    await dialog.getByLabel('Message').fill('Your saddle is here. It is brown.');
    await click(button(dialog, 'Send'));
    await dialog.getByText('An earlier press of Send has already made this email').waitFor();
    await takePicture(page, 'sent-before');
    await dialog.getByLabel('Message').fill('Your saddle is here.');
    await click(button(dialog, 'Send'));
    await page.getByText('Your email is sent.').waitFor();
    await dialog.waitFor({ state: 'detached' });
    expect(countOf(stage(), 'Your saddle is here.')).toBe(1);
  });

  test('S4: what waits when the inbox is disconnected is held, shown, and sent when its owner says so', async () => {
    const { page, mail, open } = stage();
    const later = { do: 'answer', text: '451 4.7.1 Come back later' } as const;
    mail.faults.inject({ command: 'SMTP RCPT', effect: later });
    await page.goto(conversation);
    await reply(page, 'The chain is new.');
    await card(page, 'The chain is new.').getByText('This email waits and is sent by itself.').waitFor();

    await openInbox(stage());
    await click(button(page, 'Disconnect'));
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(/^The email that waits to be sent is held: nothing of it goes out/).waitFor();
    await takePicture(page, 'disconnect');
    await click(button(dialog, 'Disconnect'));
    await page.getByRole('heading', { name: 'Connect again' }).waitFor();
    await page.goto(conversation);
    const held = card(page, 'The chain is new.');
    await held.getByText('This email is held.').waitFor();
    await button(held, 'Cancel sending').waitFor();
    expect(await button(held, 'Send now').count()).toBe(0);

    await open('/plugins/email-connect');
    await page.getByText('1 email needs your answer').waitFor();
    await click(page.getByRole('link', { name: us.address }));
    await page.getByLabel('Password', { exact: true }).fill(us.password);
    await click(button(page, 'Test the connection'));
    await page.getByText('The connection works.').waitFor();
    await click(button(page, 'Connect again'));
    await page.getByText('Working').waitFor();
    await page.goto(conversation);
    await button(held, 'Send now').waitFor();
    await takePicture(page, 'held');
    await click(button(held, 'Send now'));
    await held.getByText('Sent', { exact: true }).waitFor();
    expect(countOf(stage(), 'The chain is new.')).toBe(1);
  });
};
