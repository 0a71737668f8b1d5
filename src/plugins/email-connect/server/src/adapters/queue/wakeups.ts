import type { Wakeup, Wakeups } from '../../ports';

/** Wake-ups within this process: a wake-up that nobody waits for yet is kept, and several count as one. */
export const createWakeups = (): Wakeups => {
  const waiting = new Map<string, (by: Wakeup) => void>();
  const pending = new Map<string, Wakeup>();

  return {
    wake: (inboxDocumentId, by = 'news') => {
      const wakeup: Wakeup = by === 'asked' ? 'asked' : 'woken';
      const wakeUp = waiting.get(inboxDocumentId);
      if (wakeUp) wakeUp(wakeup);
      else if (pending.get(inboxDocumentId) !== 'asked') pending.set(inboxDocumentId, wakeup);
    },
    wait: (inboxDocumentId, timeoutMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve('aborted');
        const kept = pending.get(inboxDocumentId);
        pending.delete(inboxDocumentId);
        if (kept) return resolve(kept);
        const end = (reason: Wakeup) => {
          clearTimeout(timer);
          waiting.delete(inboxDocumentId);
          signal.removeEventListener('abort', onAbort);
          resolve(reason);
        };
        const onAbort = () => end('aborted');
        const timer = setTimeout(() => end('timeout'), timeoutMs);
        signal.addEventListener('abort', onAbort);
        waiting.set(inboxDocumentId, end);
      }),
  };
};
