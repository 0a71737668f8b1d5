import { useEffect, useRef, type RefObject } from 'react';

/** The focus must not be lost with the button that is gone once nothing is before: it goes to the oldest message then. */
export const useFocusAfterLast = (list: RefObject<HTMLElement>, hasEarlier: boolean): void => {
  const had = useRef(hasEarlier);
  useEffect(() => {
    if (had.current && !hasEarlier && document.activeElement === document.body)
      list.current?.querySelector('button')?.focus({ preventScroll: true });
    had.current = hasEarlier;
  }, [list, hasEarlier]);
};
