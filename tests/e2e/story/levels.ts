import type { Locator, Page } from 'playwright-core';
import { addAdminUser } from '../../support/admin-user';
import { logIn } from '../../support/browser';
import { click } from '../../support/browser-mouse';
import { onContacts, ours } from '../../support/mail-as';
import { until } from '../../support/until';
import { arrowTo, arrowToRadio, focused, pressUntil } from './keyboard';
import { lena, us } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const title = 'Who else sees this mail';
const contactType = 'plugin::email-connect.contact';
const offer = 'An offer for ten bikes';
const fitting = 'A date for the fitting';
const secret = 'nobody else pays so little';
const file = 'price-list.txt';
const asker = 'colleague Admin';
const desk = { width: 1440, height: 900 };

const radio = (within: Page | Locator, name: string): Locator =>
  within.getByRole('radio', { name, exact: true });
const button = (within: Page | Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true });

/** How much a colleague sees of the mail of an inbox, and asks to see. */
export const levelsTests = (stage: () => Stage): void => {
  let colleague: Page;
  let inbox = '';
  const threads = new Map<string, string>();
  const thread = (subject: string): string => `/plugins/email-connect/threads/${threads.get(subject)}`;
  const openAs = async (page: Page, path: string): Promise<void> => {
    await page.goto(`${stage().scene.strapi.url}/admin${path}`);
  };
  const openInbox = async (): Promise<Locator> => {
    await stage().open(`/plugins/email-connect/inboxes/${inbox}`);
    const section = stage().page.getByRole('region', { name: title, exact: true });
    await section.waitFor();
    return section;
  };
  const asLooked = async (page: Page, width: number, colorScheme: 'light' | 'dark', language: string) => {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await page.evaluate((code) => localStorage.setItem('strapi-admin-language', code), language);
  };
  const asBefore = async (page: Page): Promise<void> => {
    await page.evaluate(() => localStorage.removeItem('strapi-admin-language'));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(desk);
  };
  const begin = async (subject: string): Promise<void> => {
    const { scene, mail, lenaDocumentId, lenaReplies } = stage();
    const draft = { to: [lena.address], cc: [], bcc: [], subject, text: 'Here it is.', html: '' };
    const sent = { ...draft, contactDocumentId: lenaDocumentId, answersDocumentId: null };
    const { threadDocumentId } = await scene.crm.send(sent);
    threads.set(subject, threadDocumentId);
    const newest = () => mail.mailbox(lena.address).messages('INBOX').at(-1)?.raw.includes(subject);
    await until(async () => newest(), `"${subject}" did not reach Lena.`);
    await lenaReplies({ text: secret, attachments: [{ filename: file, content: 'EUR 900' }] });
    await scene.crm.waitForMessages(threadDocumentId, 2, 30_000, () => '');
  };

  beforeAll(async () => {
    const { scene, otherPage } = stage();
    await addAdminUser(scene.strapi.admin, 'colleague', [
      ...ours('inboxes.read', 'threads.read', 'threads.manage', 'messages.send'),
      onContacts('read'),
    ]);
    const answer = await scene.strapi.admin.fetch('GET', '/email-connect/inboxes');
    const { inboxes } = (await answer.json()) as { inboxes: { documentId: string; address: string }[] };
    inbox = inboxes.find(({ address }) => address === us.address)?.documentId ?? '';
    await begin(offer);
    await begin(fitting);
    colleague = await otherPage();
    await colleague.setViewportSize(desk);
    await logIn(colleague, scene.strapi.url, 'colleague@example.com', 'Test-password-2');
    // News about Strapi itself, not part of any picture.
    await click(colleague.getByRole('button', { name: 'Close' }).first());
  }, 90_000);

  afterAll(async () => {
    const { page, scene } = stage();
    await scene.strapi.admin.fetch('PUT', `/email-connect/inboxes/${inbox}/level`, { level: 'full' });
    await asBefore(page);
    await colleague.context().close();
  });

  test('w61, w68: its owner chooses on the page of the inbox how much others see', async () => {
    const { page } = stage();
    const section = await openInbox();
    expect(await radio(section, 'Everything').isChecked()).toBe(true);
    expect(await button(section, 'Save who sees it').isDisabled()).toBe(true);
    await click(radio(section, 'Subject'));
    await takePicture(page, 'levels-inbox', title);
    await click(button(section, 'Save who sees it'));
    await page.getByText('Who sees this mail is saved.').waitFor();
    expect(await radio(await openInbox(), 'Subject').isChecked()).toBe(true);
  });

  test('w60: at subject a colleague sees subject and names of files, and can do nothing with the mail', async () => {
    const bodies: string[] = [];
    colleague.on('request', (request) => {
      if (/\/email-connect\/(messages|attachments)\//.test(request.url())) bodies.push(request.url());
    });
    await openAs(colleague, `/plugins/email-connect/records/${contactType}/${stage().lenaDocumentId}`);
    await click(colleague.getByRole('link', { name: offer }));
    await colleague.getByRole('heading', { name: offer }).waitFor();
    const answer = colleague.getByRole('article', { name: `Message from ${lena.name}` });
    await answer.getByText('Its owner shows only the facts and the subject of this mail.').waitFor();
    await answer.getByText(file).waitFor();
    await answer.getByText('Incoming').waitFor();
    await button(colleague, 'Ask to see more').waitFor();
    expect(await colleague.getByRole('article').getByRole('button').count()).toBe(0);
    expect(await colleague.getByRole('article').getByRole('link').count()).toBe(0);
    for (const name of ['Reply', 'Actions']) expect(await button(colleague, name).count()).toBe(0);
    expect(await colleague.content()).not.toContain(secret);
    expect(bodies).toEqual([]);
    await takePicture(colleague, 'levels-subject');
  });

  test('w59: at facts, chosen by keyboard, not even these; and it is said why one sees it', async () => {
    const { page } = stage();
    const section = await openInbox();
    await pressUntil(radio(section, 'Subject'));
    await arrowToRadio(radio(section, 'Facts'), 'ArrowUp');
    await section.getByRole('radio', { name: 'Facts', checked: true }).waitFor();
    await pressUntil(button(section, 'Save who sees it'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Who sees this mail is saved.').waitFor();

    await openAs(colleague, `/plugins/email-connect/records/${contactType}/${stage().lenaDocumentId}`);
    await colleague.getByRole('link', { name: 'Subject not shown' }).first().waitFor();
    await openAs(colleague, thread(offer));
    await colleague.getByRole('heading', { name: 'Subject not shown' }).waitFor();
    await colleague.getByText('Its owner shows only the facts of this mail.').first().waitFor();
    await pressUntil(button(colleague, 'Why do I see this?'));
    await colleague.keyboard.press('Enter');
    await colleague.getByText('You may read a contact that it is with.').waitFor();
    for (const hidden of [offer, file, secret]) expect(await colleague.content()).not.toContain(hidden);
  });

  test('S36: a colleague reads on the page of the inbox how much they see', async () => {
    await openAs(colleague, `/plugins/email-connect/inboxes/${inbox}`);
    const section = colleague.getByRole('region', { name: title, exact: true });
    await section.getByText('Others see when it was sent, with whom, and which way.').waitFor();
    expect(await section.getByRole('radio').count()).toBe(0);
    expect(await section.getByRole('button').count()).toBe(0);
  });

  test('w66: who sees the facts asks for more, by keyboard', async () => {
    for (const subject of [offer, fitting]) {
      await openAs(colleague, thread(subject));
      await pressUntil(button(colleague, 'Ask to see more'));
      await colleague.keyboard.press('Enter');
      await colleague.getByText('You have asked to see more of this conversation.').waitFor();
      expect(await button(colleague, 'Ask to see more').count()).toBe(0);
      expect(await colleague.evaluate(() => document.activeElement === document.body)).toBe(false);
    }
    await takePicture(colleague, 'levels-asked');
  });

  test.each([
    [390, 'light', 'en', title, 'Questions from colleagues'],
    [390, 'dark', 'de', 'Wer diese Mail noch sieht', 'Fragen von Kollegen'],
    [1280, 'dark', 'en', title, 'Questions from colleagues'],
  ] as const)('S42: %i px wide, %s, in %s', async (width, colorScheme, language, heading, questions) => {
    const { page, open } = stage();
    const name = `${width}-${colorScheme}-${language}`;
    const isWithin = (shown: Page): Promise<boolean> =>
      shown.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    await asLooked(page, width, colorScheme, language);
    await asLooked(colleague, width, colorScheme, language);
    await open(`/plugins/email-connect/inboxes/${inbox}`);
    await page.getByRole('region', { name: heading }).waitFor();
    expect(await isWithin(page)).toBe(true);
    await takePicture(page, `levels-inbox-${name}`, heading);
    await open('/plugins/email-connect/access-requests');
    await page.getByRole('list', { name: questions }).getByRole('button').first().waitFor();
    for (const one of await page.getByRole('list', { name: questions }).getByRole('button').all()) {
      const box = await one.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
    }
    await takePicture(page, `levels-questions-${name}`);
    await openAs(colleague, thread(offer));
    await colleague.getByRole('article').first().waitFor();
    expect(await isWithin(colleague)).toBe(true);
    await takePicture(colleague, `levels-facts-${name}`);
    await asBefore(page);
    await asBefore(colleague);
  });

  test('w66: the list of inboxes leads to the questions, where one is refused and one is granted', async () => {
    const { page, open } = stage();
    await open('/plugins/email-connect');
    await page.getByText('2 questions from colleagues wait for your answer').waitFor();
    await pressUntil(page.getByRole('link', { name: 'See questions' }));
    await page.keyboard.press('Enter');
    const list = page.getByRole('list', { name: 'Questions from colleagues' });
    await list.getByText(`Mail of ${us.address}, asked`).first().waitFor();
    await click(button(list, `Refuse: ${asker}, ${offer}`));
    await page.getByText(`${asker} sees no more of it than before.`).waitFor();
    await list.getByRole('link', { name: offer }).waitFor({ state: 'detached' });
    await pressUntil(button(list, `Let them see it: ${asker}, ${fitting}`));
    await page.keyboard.press('Enter');
    await page.getByText('No question waits for your answer.').waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);

    await openAs(colleague, thread(offer));
    await colleague.getByText('it was refused').waitFor();
    await click(button(colleague, 'Ask again'));
    await colleague.getByText('Nothing was asked: it was refused less than a week ago.').waitFor();
    await openAs(colleague, thread(fitting));
    await colleague.getByRole('heading', { name: fitting }).waitFor();
    await colleague.getByText(secret).first().waitFor();
    await button(colleague, 'Reply').waitFor();
  });

  test('w65: its owner makes a conversation private from its menu, and shared again', async () => {
    const { page, open } = stage();
    const dialog = page.getByRole('dialog');
    const openDialog = async (): Promise<void> => {
      await click(button(page, 'Actions'));
      await click(page.getByRole('menuitem', { name: 'Who sees this conversation' }));
      await dialog.getByText('A conversation can be more private than its inbox.').waitFor();
    };
    await open(thread(fitting));
    await openDialog();
    expect(await radio(dialog, 'As the inbox says: Facts').isChecked()).toBe(true);
    expect(await dialog.getByRole('radio').count()).toBe(2);
    await click(radio(dialog, 'Private'));
    await takePicture(page, 'levels-conversation');
    await click(button(dialog, 'Save'));
    await page.getByText('Who sees this conversation is saved.').waitFor();
    await openAs(colleague, thread(fitting));
    await colleague.getByText('There is nothing here that you may see.').first().waitFor();

    await page.keyboard.press('Escape');
    await pressUntil(button(page, 'Actions'));
    await page.keyboard.press('Enter');
    await arrowTo(page.getByRole('menuitem'), 'Who sees this conversation', 'ArrowDown');
    await page.keyboard.press('Enter');
    await pressUntil(radio(dialog, 'Private'));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await focused(button(page, 'Actions')).waitFor();
    await openDialog();
    await click(radio(dialog, 'As the inbox says: Facts'));
    await click(button(dialog, 'Save'));
    await dialog.waitFor({ state: 'detached' });
    await openAs(colleague, thread(fitting));
    await colleague.getByRole('heading', { name: 'Subject not shown' }).waitFor();
  });

  test('w65: its owner makes one mail of it private, by mouse, and shared again, by keyboard', async () => {
    const { page, open } = stage();
    const dialog = page.getByRole('dialog');
    const answer = page.getByRole('article', { name: `Message from ${lena.name}` });
    const shown = async (count: number) => {
      await openAs(colleague, thread(fitting));
      await colleague
        .getByRole('article')
        .nth(count - 1)
        .waitFor();
      expect(await colleague.getByRole('article').count()).toBe(count);
    };
    await open(thread(fitting));
    await click(button(answer, 'Who sees this mail'));
    expect(await radio(dialog, 'As the conversation: Facts').isChecked()).toBe(true);
    await click(radio(dialog, 'Private'));
    await takePicture(page, 'levels-message');
    await click(button(dialog, 'Save'));
    await page.getByText('Who sees this mail is saved.').waitFor();
    await focused(button(answer, 'Who sees this mail')).waitFor();
    await shown(1);

    await page.keyboard.press('Enter');
    await pressUntil(radio(dialog, 'Private'));
    await arrowToRadio(radio(dialog, 'As the conversation: Facts'), 'ArrowUp');
    await dialog.getByRole('radio', { name: 'As the conversation: Facts', checked: true }).waitFor();
    await pressUntil(button(dialog, 'Save'));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await focused(button(answer, 'Who sees this mail')).waitFor();
    await shown(2);
  });

  test('w69: whoever may see all mail opens a private one, once they know that it is put on record', async () => {
    const { scene, otherPage } = stage();
    const setLevel = (level: string | null) =>
      scene.strapi.admin.fetch('PUT', `/email-connect/threads/${threads.get(offer)}/level`, { level });
    await setLevel('private');
    const rights = ours(
      'inboxes.read',
      'threads.read',
      'threads.manage',
      'threads.override',
      'messages.send'
    );
    await addAdminUser(scene.strapi.admin, 'compliance', [...rights, onContacts('read')]);
    const compliance = await otherPage();
    await logIn(compliance, scene.strapi.url, 'compliance@example.com', 'Test-password-2');
    await openAs(compliance, thread(offer));
    await compliance.getByText('There is nothing here that you may see.').waitFor();
    await click(button(compliance, 'Show everything (this is put on record)'));
    const dialog = compliance.getByRole('alertdialog');
    await dialog.getByText('It is put on record that you opened it, and when.').waitFor();
    expect(await compliance.content()).not.toContain(secret);
    await click(button(dialog, 'Show everything'));
    await compliance.getByRole('heading', { name: offer }).waitFor();
    await compliance.getByText('You see everything of this conversation. That is on record.').waitFor();
    await compliance.getByText(secret).first().waitFor();
    for (const name of ['Reply', 'Actions', 'Remove for good'])
      expect(await button(compliance, name).count()).toBe(0);
    await takePicture(compliance, 'levels-override');
    await compliance.reload();
    await compliance.getByText('There is nothing here that you may see.').waitFor();
    await compliance.context().close();
    await setLevel(null);
  });
};
