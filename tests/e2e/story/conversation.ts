import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page, Request } from 'playwright-core';
import { pdfPage } from '../../../dev/demo/pdf-page';
import { message as messageContract } from '../../../src/plugins/email-connect/shared/contracts/message';
import { firstAdmin } from '../../../dev/strapi/strapi-admin';
import { logIn } from '../../support/browser';
import { click, clickInFrame } from '../../support/browser-mouse';
import { lena, us } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';
import { hostileHtml, startTracker } from './tracker';
import type { Tracker } from './tracker';

const subject = 'Your test ride on Saturday';
const routes = {
  name: 'Route along the fjord.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('km,place\r\n0,Kiel\r\n'),
};
const form = {
  filename: 'Test ride form – größe M.pdf',
  contentType: 'application/pdf',
  content: pdfPage(['Test ride', 'Name: Lena Hartmann', 'Height: 1.78 m']),
};

const conversations = (page: Page): Locator => page.getByRole('list', { name: 'Conversations' });
const files = (page: Page): Locator => page.getByRole('button', { name: /^Download / });
const messagesOf = (page: Page, name: string): Locator =>
  page.getByRole('article', { name: `Message from ${name}` });

const expectSoon = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) await sleep(50);
  expect(holds()).toBe(true);
};

export const conversationTests = (stage: () => Stage): void => {
  let tracker: Tracker;
  const requested: string[] = [];
  const note = (request: Request) => void requested.push(request.url());

  beforeAll(async () => {
    tracker = await startTracker();
    stage().page.on('request', note);
  });

  afterAll(async () => {
    stage().page.off('request', note);
    await tracker.close();
  });

  test('S5: a mail with a file, written beside the contact, goes out and appears in the panel', async () => {
    const { page, mail, openContact } = stage();
    await openContact();
    await click(page.getByRole('button', { name: 'Write an email' }));
    const dialog = page.getByRole('dialog');
    await dialog.getByText(us.address).waitFor();
    expect(await dialog.getByLabel('To').inputValue()).toBe(lena.address);
    await dialog.getByLabel('Subject').fill(subject);
    await dialog
      .getByLabel('Message')
      .fill(
        'Hello Lena,\n\nyour test ride is booked for Saturday at ten, here at the harbour. The route is attached.\n\nIs there anything else you would like to try?\n\nBest,\nMara'
      );
    await dialog.getByLabel('Attachments').setInputFiles(routes);
    await takePicture(page, 'composer');
    await click(dialog.getByRole('button', { name: 'Send' }));

    await conversations(page).getByRole('link', { name: subject }).waitFor();
    await files(page).filter({ hasText: 'Route along' }).waitFor();
    const [received] = mail.mailbox(lena.address).messages('INBOX');
    expect(received?.raw.toString('latin1')).toContain(`Subject: ${subject}`);
    await expectSoon(() => mail.mailbox(us.address).messages('Sent').length === 1);
  });

  test('S5, S29: the answer and its file appear in the open panel by themselves', async () => {
    const { page, mail, lenaReplies } = stage();
    await page.evaluate(() => Object.assign(window, { notReloaded: true }));
    await lenaReplies({
      text: 'Hello Mara,\n\nSaturday at ten is perfect. I filled in the form, it is attached.\n\nLena',
      html: hostileHtml(tracker.url),
      attachments: [form],
    });

    await conversations(page)
      .getByText(/Saturday at ten is perfect/)
      .waitFor();
    await conversations(page).getByText(lena.name).waitFor();
    await files(page).filter({ hasText: 'Test ride form' }).waitFor();
    expect(await conversations(page).getByRole('listitem').count()).toBe(1);
    expect(await page.evaluate(() => 'notReloaded' in window)).toBe(true);
    // It was read without being marked as read.
    expect(
      mail
        .mailbox(us.address)
        .messages('INBOX')
        .map(({ flags }) => flags)
    ).toEqual([[]]);
    await takePicture(page, 'contact-panel');
  });

  test('S24: hostile HTML is readable, runs nothing and asks nobody for anything', async () => {
    const { page, scene } = stage();
    const requestsBefore = requested.length;
    await click(conversations(page).getByRole('link', { name: subject }));
    const answer = messagesOf(page, lena.name);
    const frame = answer.locator('iframe');
    const text = frame.contentFrame();
    for (const words of ['Saturday at ten is perfect', 'Skerry, size M', 'Best wishes from Kiel'])
      await text.getByText(words).waitFor();
    expect(await text.locator('script, form, iframe, object, embed, link').count()).toBe(0);
    await answer.getByText('Remote images are not loaded').waitFor();
    await text.getByText('Quoted text').waitFor();
    expect(await text.getByText('your test ride is booked').isVisible()).toBe(false);
    await takePicture(page, 'conversation');
    await clickInFrame(frame, text.getByText('Quoted text'));
    await text.getByText('your test ride is booked').waitFor();

    expect(await page.title()).not.toContain('Owned');
    expect(tracker.visits).toEqual([]);
    const here = new RegExp(`^(${scene.strapi.url}/|data:|blob:|about:)`);
    expect(requested.slice(requestsBefore).filter((url) => !here.test(url))).toEqual([]);
  });

  test('S24: the frame holds by itself, also when HTML reaches it as it was sent', async () => {
    const { page, otherPage, scene } = stage();
    const unguarded = await otherPage();
    await logIn(unguarded, scene.strapi.url, firstAdmin.email, firstAdmin.password);
    const refusals: string[] = [];
    unguarded.on('console', (message) => refusals.push(message.text()));
    await unguarded.route(`${scene.strapi.url}/email-connect/messages/*`, async (route) => {
      const message = messageContract.parse(await (await route.fetch()).json());
      await route.fulfill({ json: { ...message, html: hostileHtml(tracker.url) } });
    });
    await unguarded.goto(page.url());
    const frame = messagesOf(unguarded, lena.name).frameLocator('iframe');
    await frame.getByText('Best wishes from Kiel').waitFor();
    // What is hostile did reach the frame, and the browser says that it was refused.
    await expectSoon(() => refusals.some((text) => text.includes('Blocked script execution')));
    await expectSoon(() => refusals.some((text) => text.includes(`${tracker.url}/pixel.png`)));
    expect(await unguarded.title()).not.toContain('Owned');
    expect(tracker.visits).toEqual([]);

    // The page may be asking anew just when it is left.
    await unguarded.unrouteAll({ behavior: 'ignoreErrors' });
    // The same HTML in a page of its own does what the frame keeps it from doing.
    await unguarded.goto(`${tracker.url}${tracker.mailPath}`);
    await expectSoon(() =>
      ['/script', '/pixel.png', '/style.png'].every((path) => tracker.visits.includes(path))
    );
    await unguarded.context().close();
  });

  test('S29: the file is downloaded byte for byte', async () => {
    const { page } = stage();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      click(messagesOf(page, lena.name).getByRole('button', { name: `Download ${form.filename}` })),
    ]);
    expect(download.suggestedFilename()).toBe(form.filename);
    expect(await readFile(await download.path())).toEqual(form.content);
  });

  test('S30: without a session nobody gets the file, whatever the address', async () => {
    const { otherPage, scene } = stage();
    const address = requested.find((url) => /\/attachments\/[^/]+\/file/.test(url));
    if (!address) throw new Error('No file was downloaded yet.');
    const stranger = await otherPage();
    const inApi = address.replace('/email-connect/', '/api/email-connect/');
    for (const url of [address, inApi, `${scene.strapi.url}/uploads/${encodeURIComponent(form.filename)}`]) {
      const answer = await stranger.goto(url);
      expect([401, 403, 404]).toContain(answer?.status());
      expect(await answer?.text()).not.toContain('%PDF');
    }
    await stranger.context().close();
  });

  test('S5: a reply written in place goes out in the same conversation', async () => {
    const { page, mail, lenaReplies } = stage();
    await click(page.getByRole('button', { name: 'Reply', exact: true }));
    expect(await page.getByLabel('To').inputValue()).toBe(lena.address);
    expect(await page.getByLabel('Subject').inputValue()).toBe(`Re: ${subject}`);
    const text = page.getByRole('textbox', { name: 'Message' });
    await text.and(page.locator(':focus')).waitFor();
    const send = page.getByRole('button', { name: 'Send' });
    expect(await send.evaluate((button) => button.getBoundingClientRect().bottom <= window.innerHeight)).toBe(
      true
    );
    await text.fill('Hello Lena,\n\nthank you. A Skerry in size M will be ready.\n\nMara');
    await click(send);

    await messagesOf(page, us.name).nth(1).getByText('A Skerry in size M will be ready').waitFor();
    const sent = mail.mailbox(lena.address).messages('INBOX').at(-1)?.raw.toString('latin1') ?? '';
    expect(sent).toMatch(/^In-Reply-To: <[^>]+@hartmann-cycles\.test>/m);
    expect(sent).toMatch(/^References: /m);

    await lenaReplies({ text: 'Wonderful, see you on Saturday!\n\nLena' });
    await messagesOf(page, lena.name).nth(1).getByText('see you on Saturday').waitFor();
    expect(await page.getByRole('article').count()).toBe(4);
  });

  test('S29: all files of the contact stand in one list, with the mail they came with', async () => {
    const { page } = stage();
    await click(page.getByRole('link', { name: 'All conversations' }));
    await page.getByText('4 messages').waitFor();
    await page.getByRole('heading', { name: lena.name }).waitFor();
    await takePicture(page, 'conversations');
    await click(page.getByRole('tab', { name: 'Attachments' }));
    const row = page.getByRole('row').filter({ hasText: 'Test ride form' });
    await row.getByText(lena.address).waitFor();
    expect(await page.getByRole('row').count()).toBe(3);
    await takePicture(page, 'attachments');
    await click(row.getByRole('link', { name: 'Open the conversation' }));
    await page.getByRole('heading', { name: subject }).waitFor();
  });

  test('S44: who is new is marked with the address, on the closed card too, whatever name is before it', async () => {
    const { page, lenaReplies } = stage();
    const address = 'billing@elsewhere.test';
    await lenaReplies({ from: { name: lena.name, address }, text: 'Our bank account has changed.' });
    const card = messagesOf(page, lena.name).filter({ hasText: address });
    await card.getByText(`A known name, but a new address: ${address}`).waitFor();
    const header = card.locator('button[aria-expanded]').first();
    if ((await header.getAttribute('aria-expanded')) === 'true') await click(header);
    await header.and(page.locator('[aria-expanded=false]')).waitFor();
    expect(await header.getByText(`A known name, but a new address: ${address}`).isVisible()).toBe(true);
    // Lena herself is not.
    expect(await page.getByText(/new address/).count()).toBe(1);
    expect(await messagesOf(page, lena.name).first().getByText(lena.address).isVisible()).toBe(true);
    await click(header);
    await card.getByText(/ask that person another way/).waitFor();
  });
};
