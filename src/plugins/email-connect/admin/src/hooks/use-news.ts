import { useEffect, useRef } from 'react';
import { newsLoop } from '../api/news';
import { isNewsFor, type NewsInterest } from '../api/news-interest';

/** Calls `onNews` when something happened that this page shows. */
export const useNews = (interest: NewsInterest, onNews: () => void): void => {
  const latest = useRef({ interest, onNews });

  useEffect(() => {
    latest.current = { interest, onNews };
  });

  useEffect(
    () =>
      newsLoop.subscribe((call) => {
        if (isNewsFor(latest.current.interest, call)) latest.current.onNews();
      }),
    []
  );
};
