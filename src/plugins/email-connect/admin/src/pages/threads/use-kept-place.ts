import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';

const scrollerOf = (element: Element): Element | null => {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if ((overflowY === 'auto' || overflowY === 'scroll') && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement;
};

/**
 * Keeps the visible part in place while content is inserted above it: call the returned function just before. `list`:
 * its first child moves down. The browser's own scroll anchoring does nothing at the very top, and Safari has none.
 */
export const useKeptPlace = (list: RefObject<HTMLElement>): (() => void) => {
  const held = useRef<{ element: Element; top: number } | null>(null);

  useLayoutEffect(() => {
    if (held.current === null) return;
    const { element, top } = held.current;
    held.current = null;
    const scroller = scrollerOf(element);
    if (scroller !== null) scroller.scrollTop += element.getBoundingClientRect().top - top;
  });

  return useCallback(() => {
    const element = list.current?.firstElementChild ?? null;
    held.current = element && { element, top: element.getBoundingClientRect().top };
  }, [list]);
};
