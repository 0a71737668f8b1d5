import { useCallback, useEffect, useRef, useState } from 'react';
import { getFetchClient } from '@strapi/strapi/admin';
import type { Client } from '../api/client';
import { toProblem, type Problem } from '../api/problem';
import { createReloads } from '../api/reloads';

export interface Loaded<Value> {
  /** null until the first load; kept during a reload, and when that fails. */
  value: Value | null;
  problem: Problem | null;
  /** At once, as after a user's action. */
  reload: () => void;
  /** Soon, as after news: several calls make one load. */
  refresh: () => void;
}

type Load<Value> = (client: Client) => Promise<Value>;

interface Outcome<Value> {
  of: Load<Value>;
  value: Value | null;
  problem: Problem | null;
}

/** Loads a value, and loads it again whenever `load` changes: pass a `useCallback` or a module function. */
export const useLoad = <Value>(load: Load<Value>): Loaded<Value> => {
  const [outcome, setOutcome] = useState<Outcome<Value> | null>(null);
  const reloads = useRef<ReturnType<typeof createReloads> | null>(null);

  useEffect(() => {
    const loads = createReloads(async (signal) => {
      try {
        const value = await load(getFetchClient({ signal }));
        if (!signal.aborted) setOutcome({ of: load, value, problem: null });
      } catch (error) {
        if (signal.aborted) return;
        setOutcome((before) => ({
          of: load,
          value: before?.of === load ? before.value : null,
          problem: toProblem(error),
        }));
      }
    });
    reloads.current = loads;
    loads.now();
    return () => loads.stop();
  }, [load]);

  const reload = useCallback(() => reloads.current?.now(), []);
  const refresh = useCallback(() => reloads.current?.soon(), []);
  const present = outcome?.of === load ? outcome : null;
  return { value: present?.value ?? null, problem: present?.problem ?? null, reload, refresh };
};
