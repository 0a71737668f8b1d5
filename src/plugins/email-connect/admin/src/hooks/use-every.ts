import { useEffect } from 'react';

/** Calls `onTick` every `ms` milliseconds; not at all for null. Give it a function that stays the same. */
export const useEvery = (ms: number | null, onTick: () => void): void => {
  useEffect(() => {
    if (ms === null) return undefined;
    const timer = window.setInterval(onTick, ms);
    return () => window.clearInterval(timer);
  }, [ms, onTick]);
};
