import type { Locator, Page } from 'playwright-core';

/**
 * A mouse as a hand moves it. Playwright's own `click` jumps onto its target, and never meets what appears under a
 * pointer that travels there: a scroll bar, a tooltip, a menu.
 */

interface Point {
  x: number;
  y: number;
}

const steps = 8;

/** The middle of the element's first line; null when it is not shown. */
const middleOf = (element: Element): Point | null => {
  const line = element.getClientRects()[0];
  return line === undefined ? null : { x: line.x + line.width / 2, y: line.y + line.height / 2 };
};

/** What lies at a point of the page, when that is not the element, a part of it or its label. */
const strangerAt = (element: Element, { x, y }: Point): string | null => {
  const found = element.ownerDocument.elementFromPoint(x, y);
  if (found === null) return 'nothing: the point is outside the window';
  if (element.contains(found) || found.closest('label')?.control === element) return null;
  const { width, height } = found.getBoundingClientRect();
  const [tag = ''] = /^<[^>]*>/.exec(found.outerHTML) ?? [];
  const words = (found.textContent ?? '').trim().slice(0, 60);
  return `${tag} of ${Math.round(width)} x ${Math.round(height)} px, ${JSON.stringify(words)}`;
};

const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
  );

/** Moves the mouse onto the target; why it is not on it then. */
const approach = async (target: Locator): Promise<string | null> => {
  await target.waitFor();
  if (!(await target.isEnabled())) return 'it is disabled';
  await target.scrollIntoViewIfNeeded();
  const page = target.page();
  const isStillAt = async (place: Point): Promise<boolean> => {
    await twoFrames(page);
    const now = await target.evaluate(middleOf);
    return now?.x === place.x && now.y === place.y;
  };

  const place = await target.evaluate(middleOf);
  if (place === null || !(await isStillAt(place))) return 'it does not hold still';
  await page.mouse.move(place.x, place.y, { steps });
  if (!(await isStillAt(place))) return 'it moved away from the pointer';
  const stranger = await target.evaluate(strangerAt, place);
  return stranger === null ? null : `there lies ${stranger}`;
};

/** A hand turns the wheel back a little where a header that stays at the top lies over the target. */
const scrollBack = async (page: Page): Promise<void> => {
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 };
  await page.mouse.move(width / 2, height / 2);
  await page.mouse.wheel(0, -height / 4);
};

/**
 * Moves the mouse to the middle of what is there once, after it is in view, enabled and still. Tries again for
 * `patienceMs`, each time from the corner of the window: a notification stays for as long as the mouse rests on it.
 * Then fails with what lies over the target.
 */
export const hover = async (target: Locator, patienceMs = 10_000): Promise<void> => {
  await target.waitFor();
  const endsAt = Date.now() + patienceMs;
  let obstacle = await approach(target);
  while (obstacle !== null && Date.now() < endsAt) {
    await target.page().mouse.move(0, 0, { steps });
    if (endsAt - Date.now() < patienceMs / 2) await scrollBack(target.page());
    obstacle = await approach(target);
  }
  if (obstacle !== null) throw new Error(`The mouse does not get at ${String(target)}: ${obstacle}.`);
};

/** `hover`, then a press of the left button. */
export const click = async (target: Locator, patienceMs?: number): Promise<void> => {
  await hover(target, patienceMs);
  const { mouse } = target.page();
  await mouse.down();
  await mouse.up();
};

/**
 * Moves the mouse onto a frame, and jumps inside: what runs no script shows nothing under a pointer. To measure in a
 * frame that forbids scripts would make the browser complain about every event there.
 */
export const clickInFrame = async (frame: Locator, target: Locator): Promise<void> => {
  await hover(frame);
  await target.click();
};
