import { useNotification } from '@strapi/strapi/admin';
import type { Client } from '../api/client';
import { toProblem } from '../api/problem';
import { useSubmit, type Submission } from '../hooks/use-submit';
import { useText } from '../hooks/use-text';
import { problemWords } from './ProblemNotice';

interface NotifiedSubmit<Argument, Value> {
  send: (client: Client, argument: Argument) => Promise<Value>;
  /** The sentence that says what was done. */
  doneWords: (argument: Argument) => string;
  /** Not called when it failed. */
  onDone: (value: Value, argument: Argument) => void;
}

/** Sends a change and says in a notification what came of it, also when it failed. */
export const useNotifiedSubmit = <Argument, Value>({
  send,
  doneWords,
  onDone,
}: NotifiedSubmit<Argument, Value>): Omit<Submission<Argument>, 'problem'> => {
  const text = useText();
  const { toggleNotification } = useNotification();
  return useSubmit(
    async (client, argument: Argument) => {
      try {
        return { value: await send(client, argument) };
      } catch (error) {
        const { message, nextStep } = problemWords(toProblem(error), text);
        toggleNotification({ type: 'danger', message: `${message} ${nextStep}` });
        return null;
      }
    },
    (outcome, argument) => {
      if (outcome === null) return;
      toggleNotification({ type: 'success', message: doneWords(argument) });
      onDone(outcome.value, argument);
    }
  );
};
