import { useCallback, useEffect, useState } from 'react';
import { useFetchClient } from '@strapi/strapi/admin';
import type { Client } from '../api/client';
import { toProblem, type Problem } from '../api/problem';

export interface Loaded<Value> {
  /** null until it was loaded once; kept while it is loaded anew, and when that fails. */
  value: Value | null;
  problem: Problem | null;
  reload: () => void;
}

type Load<Value> = (client: Client) => Promise<Value>;

interface Outcome<Value> {
  of: Load<Value>;
  value: Value | null;
  problem: Problem | null;
}

/** Loads a value, and again whenever `load` changes: give it a `useCallback` or a module function. */
export const useLoad = <Value>(load: Load<Value>): Loaded<Value> => {
  const client = useFetchClient();
  const [outcome, setOutcome] = useState<Outcome<Value> | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    load(client)
      .then((value) => {
        if (isCurrent) setOutcome({ of: load, value, problem: null });
      })
      .catch((error: unknown) => {
        if (!isCurrent) return;
        setOutcome((before) => ({
          of: load,
          value: before?.of === load ? before.value : null,
          problem: toProblem(error),
        }));
      });
    return () => {
      isCurrent = false;
    };
  }, [client, load, round]);

  const reload = useCallback(() => setRound((number) => number + 1), []);
  const present = outcome?.of === load ? outcome : null;
  return { value: present?.value ?? null, problem: present?.problem ?? null, reload };
};
