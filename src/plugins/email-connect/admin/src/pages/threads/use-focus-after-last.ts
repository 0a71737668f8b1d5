import { useEffect, useRef, type RefObject } from 'react';

/**
 * The button disappears once there are no earlier messages, and the focus must not be lost with it: it goes to the
 * oldest message.
 */
export const useFocusAfterLast = (list: RefObject<HTMLElement>, hasEarlier: boolean): void => {
  const had = useRef(hasEarlier);
  useEffect(() => {
    if (had.current && !hasEarlier && document.activeElement === document.body)
      list.current?.querySelector('button')?.focus({ preventScroll: true });
    had.current = hasEarlier;
  }, [list, hasEarlier]);
};
