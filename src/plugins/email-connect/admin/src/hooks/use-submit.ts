import { useCallback, useEffect, useRef, useState } from 'react';
import { getFetchClient } from '@strapi/strapi/admin';
import type { Client } from '../api/client';
import { toProblem, type Problem } from '../api/problem';

export interface Submission<Argument> {
  submit: (argument: Argument) => void;
  isSubmitting: boolean;
  problem: Problem | null;
}

/**
 * Sends a change. Unlike with `useFetchClient`, leaving the page does not cut the request off: nobody could know
 * whether a half-sent change took effect.
 */
export const useSubmit = <Argument, Value>(
  send: (client: Client, argument: Argument) => Promise<Value>,
  onDone: (value: Value, argument: Argument) => void
): Submission<Argument> => {
  const latest = useRef({ send, onDone });
  const [isSubmitting, setIsSubmitting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    latest.current = { send, onDone };
  });

  const submit = useCallback((argument: Argument) => {
    setIsSubmitting(true);
    setProblem(null);
    latest.current
      .send(getFetchClient(), argument)
      .then(
        (value) => latest.current.onDone(value, argument),
        // Not a failure of `onDone`: the change took effect.
        (error: unknown) => setProblem(toProblem(error))
      )
      .finally(() => setIsSubmitting(false));
  }, []);

  return { submit, isSubmitting, problem };
};
