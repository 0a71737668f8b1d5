import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { click } from '../../support/browser-mouse';
import { arrowTo } from './keyboard';
import { us } from './people';
import { takePicture } from './picture';
import type { Stage } from './stage';

const RULES = '/content-manager/collection-types/plugin::email-connect.logging-rule';
const rule = z.object({ documentId: z.string(), inboxDocumentId: z.string().nullable() });

const chooser = (page: Page): Locator => page.getByRole('combobox', { name: 'Inbox', exact: true });
const save = (page: Page): Locator => page.getByRole('button', { name: 'Save', exact: true });

/** Opens the list, goes to the option, and takes it. */
const chooseByKeyboard = async (page: Page, key: 'ArrowDown' | 'ArrowUp', name: string): Promise<void> => {
  await chooser(page).focus();
  await page.keyboard.press('Enter');
  await arrowTo(page.getByRole('option'), name, key);
  await page.keyboard.press('Enter');
  await chooser(page).getByText(name).waitFor();
};

export const rulesTests = (stage: () => Stage): void => {
  const onlyRule = async () => {
    const answer = await stage().scene.strapi.admin.fetch('GET', RULES);
    const [first] = z.object({ results: z.array(rule) }).parse(await answer.json()).results;
    if (!first) throw new Error('There is no rule.');
    return first;
  };

  test('a rule is for one inbox, which is chosen from the list by its address', async () => {
    const { page, open } = stage();
    await open(`${RULES}/create`);
    await page.getByLabel('pattern').fill('private.test');
    await chooser(page).filter({ hasText: 'All inboxes' }).waitFor();
    await chooseByKeyboard(page, 'ArrowDown', us.address);
    await takePicture(page, 'rule');
    await click(save(page));
    await page.getByText('Saved document').waitFor();

    const { documentId } = await onlyRule();
    await open(`${RULES}/${documentId}`);
    await chooser(page).getByText(us.address).waitFor();
  });

  test('and for all of them again, which is chosen in the same way', async () => {
    const { page } = stage();
    await chooseByKeyboard(page, 'ArrowUp', 'All inboxes');
    await click(save(page));
    await page.getByText('Saved document').waitFor();
    expect(await onlyRule()).toMatchObject({ inboxDocumentId: null });
  });
};
