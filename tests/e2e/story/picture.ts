import type { Page } from 'playwright-core';
import { violationsOn } from '../../support/axe';
import { screenshot } from '../../support/browser';

/** Rules of axe that what was pictured breaks, each with the picture. */
export const brokenRules: string[] = [];

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
  brokenRules.push(...(await violationsOn(page)).map((rule) => `${name}: ${rule}`));
  await screenshot(page, name);
};
