import { useCallback, useEffect, useRef, useState, type SyntheticEvent } from 'react';

/** A taller mail scrolls inside its frame. */
const tallestPx = 20_000;
/** Room for a scroll bar below a table that is too wide. */
const scrollBarPx = 16;

export interface FrameHeight {
  heightPx: number;
  onLoad: (event: SyntheticEvent<HTMLIFrameElement>) => void;
}

/** The height of a frame's content, also after a fold in it was opened. Its document must have this origin. */
export const useFrameHeight = (firstGuessPx: number): FrameHeight => {
  const [heightPx, setHeightPx] = useState(firstGuessPx);
  const observer = useRef<ResizeObserver | null>(null);

  useEffect(() => () => observer.current?.disconnect(), []);

  const onLoad = useCallback((event: SyntheticEvent<HTMLIFrameElement>): void => {
    const page = event.currentTarget.contentDocument;
    if (page === null) return;
    const measure = (): void => {
      const { scrollWidth, clientWidth } = page.documentElement;
      const room = scrollWidth > clientWidth ? scrollBarPx : 0;
      setHeightPx(Math.min(tallestPx, Math.ceil(page.body.getBoundingClientRect().height) + room));
    };
    observer.current?.disconnect();
    observer.current = new ResizeObserver(measure);
    observer.current.observe(page.body);
  }, []);

  return { heightPx, onLoad };
};
