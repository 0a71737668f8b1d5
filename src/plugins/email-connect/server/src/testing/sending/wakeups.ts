import type { Ports, Wakeup } from '../../ports';
import type { SendingProcess } from './process';

/** As the real ones: one that comes while nobody waits is kept. */
export const wakeupsOf = (process: SendingProcess): Ports['wakeups'] => {
  const waiting = new Map<string, (by: Wakeup) => void>();
  const kept = new Map<string, Wakeup>();
  return {
    wake: (key, by = 'news') => {
      const wakeup: Wakeup = by === 'asked' ? 'asked' : 'woken';
      const wakeUp = waiting.get(key);
      if (wakeUp) wakeUp(wakeup);
      else if (kept.get(key) !== 'asked') kept.set(key, wakeup);
    },
    wait: (key, timeoutMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve('aborted');
        const earlier = kept.get(key);
        kept.delete(key);
        if (earlier) return resolve(earlier);
        const end = (by: Wakeup): void => {
          forget();
          waiting.delete(key);
          signal.removeEventListener('abort', onAbort);
          resolve(by);
        };
        const onAbort = () => end('aborted');
        const forget = process.after(timeoutMs, () => end('timeout'));
        signal.addEventListener('abort', onAbort);
        waiting.set(key, end);
      }),
  };
};
