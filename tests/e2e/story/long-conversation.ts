import type { Locator, Page, Request } from 'playwright-core';
import { click } from '../../support/browser-mouse';
import { fillThread } from '../../support/fill-thread';
import { focused } from './keyboard';
import { lena } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const subject = 'Every stage of the tour';
const answers = 59;

const articles = (page: Page): Locator => page.getByRole('article');
const card = (page: Page, number: number): Locator => articles(page).filter({ hasText: `Stage ${number}:` });
const headerOf = (message: Locator): Locator => message.locator('button[aria-expanded]').first();
const earlier = (page: Page): Locator => page.getByRole('button', { name: 'Show earlier messages' });
const topOf = async (target: Locator): Promise<number> => (await target.boundingBox())?.y ?? NaN;

/** Nobody notices less. */
const expectSamePlace = (after: number, before: number): void =>
  expect(Math.abs(after - before)).toBeLessThan(3);

/** A conversation that is longer than a page. */
export const longConversationTests = (stage: () => Stage): void => {
  let path: string;

  beforeAll(async () => {
    const { scene, lenaDocumentId } = stage();
    const { threadDocumentId } = await scene.crm.send({
      contactDocumentId: lenaDocumentId,
      answersDocumentId: null,
      to: [lena.address],
      cc: [],
      bcc: [],
      subject,
      text: 'How was the tour?',
      html: '',
    });
    fillThread(scene, threadDocumentId, {
      count: answers,
      from: lena,
      textOf: (number) =>
        `Stage ${number}: we rode on.\n\n${'The road went on along the water. '.repeat(30)}`,
    });
    path = `/plugins/email-connect/threads/${threadDocumentId}`;
    await stage().page.setViewportSize({ width: 1280, height: 800 });
  });

  afterAll(async () => {
    const { page } = stage();
    await page.evaluate(() => localStorage.removeItem('strapi-admin-language'));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test('S24, S47: opens with its newest page, and reads no body but that of the open card', async () => {
    const { page, open } = stage();
    const bodies: string[] = [];
    const note = (request: Request): void => {
      if (/\/email-connect\/messages\/[^/]+$/.test(new URL(request.url()).pathname))
        bodies.push(request.url());
    };
    page.on('request', note);
    await open(path);
    await card(page, 59).getByText('The road went on').waitFor();
    await page.getByText('25 of 60 messages shown').waitFor();
    expect(await articles(page).count()).toBe(25);
    expect(await articles(page).locator('button[aria-expanded=true]').count()).toBe(1);
    await card(page, 40).getByText('Stage 40: we rode on. The road').waitFor();
    expect(bodies).toHaveLength(1);

    await click(headerOf(card(page, 57)));
    await card(page, 57).getByText('The road went on along the water. The road').waitFor();
    expect(bodies).toHaveLength(2);
    page.off('request', note);
  });

  test('S48: earlier ones come above what is read, which stays where it is', async () => {
    const { page } = stage();
    await earlier(page).scrollIntoViewIfNeeded();
    const oldest = card(page, 35);
    const before = await topOf(oldest);
    await takePicture(page, 'long-conversation');
    await click(earlier(page));
    await page.getByText('50 of 60 messages shown').waitFor();
    expectSamePlace(await topOf(oldest), before);
    expect(await articles(page).count()).toBe(50);
    await focused(earlier(page)).waitFor();
    await card(page, 57).getByText('The road went on along the water. The road').waitFor();
  });

  test('S48: by keyboard too, to the beginning, and the focus is not lost', async () => {
    const { page } = stage();
    const oldest = card(page, 10);
    await oldest.scrollIntoViewIfNeeded();
    const before = await topOf(oldest);
    await focused(earlier(page)).waitFor();
    await page.keyboard.press('Enter');
    await articles(page).nth(59).waitFor();
    expectSamePlace(await topOf(oldest), before);
    expect(await earlier(page).count()).toBe(0);
    const first = articles(page).first();
    await focused(headerOf(first)).waitFor();
    await page.keyboard.press('Enter');
    await first.getByText('How was the tour?').nth(0).waitFor();
    expect(await headerOf(first).getAttribute('aria-expanded')).toBe('true');
  });

  test('S48: what arrives takes nothing away: earlier pages, open cards, words that are being written', async () => {
    const { page, lenaReplies } = stage();
    await click(page.getByRole('button', { name: 'Reply', exact: true }));
    const words = page.getByRole('textbox', { name: 'Message' });
    await words.fill('I am still writing');
    await lenaReplies({ text: 'One more stage to come.' });
    await articles(page).filter({ hasText: 'One more stage to come.' }).waitFor();
    expect(await articles(page).count()).toBe(61);
    expect(await words.inputValue()).toBe('I am still writing');
    expect(await headerOf(articles(page).first()).getAttribute('aria-expanded')).toBe('true');
    await card(page, 57).getByText('The road went on along the water. The road').waitFor();
    await click(page.getByRole('button', { name: 'Cancel' }));
  });

  test('S21: one of the earlier is removed, and the others stay', async () => {
    const { page } = stage();
    const removed = card(page, 3);
    await click(headerOf(removed));
    await click(removed.getByRole('button', { name: 'Remove for good' }));
    await click(page.getByRole('alertdialog').getByRole('button', { name: 'Remove for good' }));
    await removed.waitFor({ state: 'detached' });
    await page.getByText('60 messages', { exact: true }).waitFor();
    expect(await articles(page).count()).toBe(60);
  });

  test('S39: a text that does not come says so, and comes when asked for again', async () => {
    const { page, open } = stage();
    await open(path);
    await card(page, 50).waitFor();
    // The newest is open, and it is not its text that is not to come.
    await articles(page).last().getByText('One more stage to come.').waitFor();
    // By its place: open and without its text, nothing in it names it.
    const place = await articles(page).evaluateAll((all) =>
      all.findIndex(({ textContent }) => textContent?.includes('Stage 50:'))
    );
    const opened = articles(page).nth(place);
    await page.route('**/email-connect/messages/*', (route) => route.abort(), { times: 1 });
    await click(headerOf(opened));
    await opened.getByText('The server did not answer.').waitFor();
    await click(opened.getByRole('button', { name: 'Try again' }));
    await opened.getByText('The road went on along the water. The road').waitFor();
  });

  test.each([
    [1280, 'dark', 'en', 'Show earlier messages'],
    [390, 'light', 'en', 'Show earlier messages'],
    [390, 'dark', 'de', 'Frühere Nachrichten zeigen'],
  ] as const)('S48: at %i px, %s, %s', async (width, colorScheme, language, name) => {
    const { page, open } = stage();
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await page.evaluate((set) => localStorage.setItem('strapi-admin-language', set), language);
    await open(path);
    const button = page.getByRole('button', { name });
    await button.waitFor();
    await takePicture(page, `long-conversation-${width}-${colorScheme}-${language}`);
    await click(button);
    await articles(page).nth(49).waitFor();
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(excess).toBeLessThanOrEqual(0);
  });
};
