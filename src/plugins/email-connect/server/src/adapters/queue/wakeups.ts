import type { Wakeups } from '../../ports';

/** Wake-ups within this process: one that nobody waits for yet is kept, and many are one. */
export const createWakeups = (): Wakeups => {
  const waiting = new Map<string, () => void>();
  const pending = new Set<string>();

  return {
    wake: (inboxDocumentId) => {
      const wakeUp = waiting.get(inboxDocumentId);
      if (wakeUp) wakeUp();
      else pending.add(inboxDocumentId);
    },
    wait: (inboxDocumentId, timeoutMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve('aborted');
        if (pending.delete(inboxDocumentId)) return resolve('woken');
        const end = (reason: 'woken' | 'timeout' | 'aborted') => {
          clearTimeout(timer);
          waiting.delete(inboxDocumentId);
          signal.removeEventListener('abort', onAbort);
          resolve(reason);
        };
        const onAbort = () => end('aborted');
        const timer = setTimeout(() => end('timeout'), timeoutMs);
        signal.addEventListener('abort', onAbort);
        waiting.set(inboxDocumentId, () => end('woken'));
      }),
  };
};
