import { useEffect, useRef, type RefObject } from 'react';

/**
 * The button disappears once the message is logged, and the focus must not be lost with it: it goes to the link to the
 * conversation.
 */
export const useFocusOnceLogged = (isLogged: boolean): RefObject<HTMLAnchorElement> => {
  const link = useRef<HTMLAnchorElement>(null);
  const was = useRef(isLogged);
  useEffect(() => {
    if (!was.current && isLogged && document.activeElement === document.body) link.current?.focus();
    was.current = isLogged;
  }, [isLogged]);
  return link;
};
