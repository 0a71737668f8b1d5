import { useEffect, useState } from 'react';

const tickMs = 20_000;

/** The time, renewed often enough for "2 minutes ago". */
export const useNow = (): Date => {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), tickMs);
    return () => window.clearInterval(timer);
  }, []);
  return now;
};
