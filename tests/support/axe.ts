import { source } from 'axe-core';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** WCAG 2.1, levels A and AA. */
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
  resultTypes: ['violations'],
};

/**
 * What axe finds on the page as it is shown now: in the dialog that is open, else in the content beside Strapi's menu. One
 * line for each element, with the rule.
 */
export const violationsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(source);
  return page.evaluate(async (rules) => {
    // What fades in has not its contrast yet. A loader turns for ever.
    const passing = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(passing.map(({ finished }) => finished));
    const { axe } = window as unknown as { axe: { run(of: Element, how: RunOptions): Promise<AxeResults> } };
    const dialog = document.querySelector('[role=dialog], [role=alertdialog]');
    const { violations } = await axe.run(dialog ?? document.querySelector('main') ?? document.body, rules);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)}`)
    );
  }, RULES);
};
