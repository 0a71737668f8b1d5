import type { Locator, Page } from 'playwright-core';

export const focused = (target: Locator): Locator => target.and(target.page().locator(':focus'));

/** Presses a key, Tab where none is named, until the target has the focus; fails after `most` times. */
export const pressUntil = async (target: Locator, key = 'Tab', most = 120): Promise<void> => {
  const { keyboard } = target.page();
  for (let presses = 0; presses <= most; presses += 1) {
    if ((await focused(target).count()) > 0) return;
    await keyboard.press(key);
  }
  throw new Error(`The keyboard does not get to ${String(target)}.`);
};

/** An arrow as a hand presses it: a choice is made while the key is down, and its focus moves a moment later. */
export const pressArrow = (page: Page, key: 'ArrowDown' | 'ArrowUp'): Promise<void> =>
  page.keyboard.press(key, { delay: 100 });

/**
 * Goes with an arrow to the entry of an open list or menu that has this name. Each press waits until the one before
 * has moved the focus: lists and menus do that in a timer, so who looks at once presses past the entry.
 */
export const arrowTo = async (entries: Locator, name: string, key: 'ArrowDown' | 'ArrowUp'): Promise<void> => {
  const here = focused(entries);
  for (let presses = 0; presses <= 20; presses += 1) {
    const text = await here.innerText();
    if (text.includes(name)) return;
    await pressArrow(entries.page(), key);
    await focused(entries.filter({ hasNotText: text })).waitFor();
  }
  throw new Error(`The arrow does not get to "${name}".`);
};
