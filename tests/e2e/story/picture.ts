import type { Page } from 'playwright-core';
import { screenshot } from '../../support/browser';

/** A picture as for a guide: no pointer on anything, and `heading` near the top. */
export const takePicture = async (page: Page, name: string, heading?: string): Promise<void> => {
  await page.mouse.move(0, 0);
  if (heading) {
    const section = page.getByRole('heading', { name: heading, exact: true });
    await section.evaluate((element) => {
      element.scrollIntoView({ block: 'start' });
      // The page's own header lies over the top.
      for (let at = element.parentElement; at; at = at.parentElement) at.scrollTop -= 90;
    });
  }
  await screenshot(page, name);
};
