import { useCallback, useState } from 'react';
import { useEvery } from './use-every';

const tickMs = 20_000;

/** The time, renewed often enough for "2 minutes ago". */
export const useNow = (): Date => {
  const [now, setNow] = useState(() => new Date());
  const renew = useCallback(() => setNow(new Date()), []);
  useEvery(tickMs, renew);
  return now;
};
