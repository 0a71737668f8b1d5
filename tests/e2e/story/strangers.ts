import type { Page } from 'playwright-core';
import { replyTo } from '../../../dev/mail-server';
import { click } from '../../support/browser-mouse';
import { until } from '../../support/until';
import { lena, us } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const subject = 'The price of the trailer';
const stranger = 'lena.hartmann@elsewhere.test';
const warning = `A known name, but a new address: ${stranger}`;

/** What our own server writes above a mail that it took from outside, and whose DMARC failed. */
const unconfirmed = (domain: string): string =>
  [
    `Authentication-Results: mx.harbour-bikes.test; dmarc=fail header.from=${domain}`,
    `Received: from mail.elsewhere.test ([203.0.113.66]) by mx.harbour-bikes.test with ESMTP id 1; now`,
    '',
  ].join('\r\n');

/** Somebody who is new to a conversation, in the name of somebody who is not. */
export const strangersTests = (stage: () => Stage): void => {
  let thread = '';

  beforeAll(async () => {
    const { scene, mail, lenaDocumentId, lenaReplies } = stage();
    const draft = { to: [lena.address], cc: [], bcc: [], subject, text: 'It is 900 euros.', html: '' };
    const sent = { ...draft, contactDocumentId: lenaDocumentId, answersDocumentId: null };
    ({ threadDocumentId: thread } = await scene.crm.send(sent));
    const newest = () => mail.mailbox(lena.address).messages('INBOX').at(-1)?.raw.includes(subject);
    await until(async () => newest(), 'The mail did not reach Lena.');
    await lenaReplies({
      from: { name: lena.name, address: stranger },
      text: 'Please send me your bank details.',
    });
    await scene.crm.waitForMessages(thread, 2, 30_000, () => '');
  }, 60_000);

  test.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)(
    'S44: is marked with the address, open and closed, %i px wide, %s',
    async (width, colorScheme) => {
      const { page, open } = stage();
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme });
      await open(`/plugins/email-connect/threads/${thread}`);
      const answer = page.getByRole('article', { name: `Message from ${lena.name}` });
      const header = answer.getByRole('button', { name: warning });
      await header.waitFor();
      await answer.getByText('ask that person another way').waitFor();
      await takePicture(page, `stranger-${width}-${colorScheme}`);
      await click(header);
      await answer.getByRole('button', { name: warning, expanded: false }).waitFor();
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  );

  /** Lena's answer, from this address, as our own server lets it in although its DMARC failed. */
  const answerUnconfirmed = async (address: string, text: string): Promise<void> => {
    const { mail } = stage();
    const original = mail.mailbox(lena.address).messages('INBOX').at(-1)?.raw ?? Buffer.alloc(0);
    const raw = await replyTo(original, { from: { name: lena.name, address }, text });
    const above = unconfirmed(address.slice(address.lastIndexOf('@') + 1));
    mail.mailbox(us.address).append('INBOX', Buffer.concat([Buffer.from(above), raw]));
  };

  const cardWith = (page: Page, text: string) =>
    page.getByRole('article', { name: `Message from ${lena.name}` }).filter({ hasText: text });

  test('S44: more strongly where our own server says that DMARC failed, in one notice', async () => {
    const { page } = stage();
    await answerUnconfirmed(stranger, 'I am still waiting.');
    const line = `A known name, but a new address, and not confirmed: ${stranger}`;
    const card = cardWith(page, line);
    const header = card.getByRole('button', { name: line });
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'false') await click(header);
    const notice = card.getByRole('alert');
    await notice.getByText('This may not be who they say.').waitFor();
    await notice.getByText('ask that person another way').waitFor();
    await notice.getByText('could not confirm that this mail comes from elsewhere.test').waitFor();
    expect(await card.getByRole('status').count()).toBe(0);
    await takePicture(page, 'stranger-unconfirmed');
    await click(header);
  });

  test('S44: whom one knows is not marked as new then, only as not confirmed', async () => {
    const { page } = stage();
    await answerUnconfirmed(lena.address, 'This is really me.');
    const line = 'Not confirmed to come from hartmann-cycles.test';
    const card = cardWith(page, line);
    const header = card.getByRole('button', { name: line });
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'false') await click(header);
    await card
      .getByRole('status')
      .getByText('A mailing list or a forwarded mail can be the reason.')
      .waitFor();
    expect(await card.getByRole('alert').count()).toBe(0);
    await takePicture(page, 'known-unconfirmed');
  });

  test('S44: that is said in German too, 390 px wide, dark', async () => {
    const { page, open } = stage();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.evaluate(() => localStorage.setItem('strapi-admin-language', 'de'));
    await open(`/plugins/email-connect/threads/${thread}`);
    const unconfirmedLine = 'Bekannter Name, aber neue Adresse und nicht bestätigt';
    await click(page.getByRole('button', { name: unconfirmedLine, expanded: false }));
    await page
      .getByRole('alert')
      .getByText('nicht bestätigen, dass diese E-Mail von elsewhere.test')
      .waitFor();
    await page.getByText('Eine Mailingliste oder eine Weiterleitung kann der Grund sein.').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await takePicture(page, 'stranger-unconfirmed-390-dark-de');
    await page.evaluate(() => localStorage.removeItem('strapi-admin-language'));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });
};
