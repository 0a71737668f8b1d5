import type { Locator } from 'playwright-core';

export const focused = (target: Locator): Locator => target.and(target.page().locator(':focus'));

/** Presses a key, Tab where none is named, until the target has the focus; fails after `most` times. */
export const pressUntil = async (target: Locator, key = 'Tab', most = 120): Promise<void> => {
  const { keyboard } = target.page();
  // A press takes a moment: all of them would be used up before what is still loaded is there.
  await target.first().waitFor();
  for (let presses = 0; presses <= most; presses += 1) {
    if ((await focused(target).count()) > 0) return;
    await keyboard.press(key);
  }
  throw new Error(`The keyboard does not get to ${String(target)}.`);
};

type Arrow = 'ArrowDown' | 'ArrowUp';

/** Chooses the next one of some radio buttons: it is chosen only while the key is down, and its focus moves in a timer. */
export const arrowToRadio = async (target: Locator, key: Arrow): Promise<void> => {
  const { keyboard } = target.page();
  await keyboard.down(key);
  await focused(target).waitFor();
  await keyboard.up(key);
};

/**
 * Goes with an arrow to the entry of an open list or menu that has this name. Each press waits until the one before
 * has moved the focus: lists and menus do that in a timer, so who looks at once presses past the entry.
 */
export const arrowTo = async (entries: Locator, name: string, key: Arrow): Promise<void> => {
  const here = focused(entries);
  for (let presses = 0; presses <= 20; presses += 1) {
    const text = await here.innerText();
    if (text.includes(name)) return;
    await entries.page().keyboard.press(key);
    await focused(entries.filter({ hasNotText: text })).waitFor();
  }
  throw new Error(`The arrow does not get to "${name}".`);
};
