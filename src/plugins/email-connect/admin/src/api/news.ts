import { getFetchClient } from '@strapi/strapi/admin';
import { news } from '../../../shared/contracts/news';
import { endpoint, query, read } from './client';
import { createNewsLoop } from './news-loop';
import { toProblem } from './problem';
import { wait } from './wait';

/** A browser opens six HTTP/1.1 connections to one host: hidden tabs must not hold them all. */
const whenVisible = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (document.visibilityState === 'visible' || signal.aborted) return resolve();
    const settled = new AbortController();
    const settle = (): void => {
      if (document.visibilityState !== 'visible' && !signal.aborted) return;
      settled.abort();
      resolve();
    };
    document.addEventListener('visibilitychange', settle, { signal: settled.signal });
    signal.addEventListener('abort', settle, { signal: settled.signal });
  });

/** The one news loop of this browser tab. */
export const newsLoop = createNewsLoop({
  ask: (after, signal) => read(getFetchClient({ signal }).get(endpoint('news'), query({ after })), news),
  now: () => Date.now(),
  wait,
  whenVisible,
  isFinal: (error) => {
    const problem = toProblem(error);
    return problem.kind === 'untold' && problem.reason === 'not-allowed';
  },
});
