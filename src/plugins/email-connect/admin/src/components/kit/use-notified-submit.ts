import { useNotification } from '@strapi/strapi/admin';
import type { Client } from '../../api/client';
import { useSubmit, type Submission } from '../../hooks/use-submit';
import { useNotifyFailure } from './use-notify-failure';

interface NotifiedSubmit<Argument, Value> {
  send: (client: Client, argument: Argument) => Promise<Value>;
  /** The sentence that says what was done. */
  doneWords: (argument: Argument, value: Value) => string;
  /** Not called after a failure. */
  onDone: (value: Value, argument: Argument) => void;
}

/** Sends a change and notifies the user of its result, also of a failure. */
export const useNotifiedSubmit = <Argument, Value>({
  send,
  doneWords,
  onDone,
}: NotifiedSubmit<Argument, Value>): Omit<Submission<Argument>, 'problem'> => {
  const notifyFailure = useNotifyFailure();
  const { toggleNotification } = useNotification();
  return useSubmit(
    async (client, argument: Argument) => {
      try {
        return { value: await send(client, argument) };
      } catch (error) {
        notifyFailure(error);
        return null;
      }
    },
    (outcome, argument) => {
      if (outcome === null) return;
      toggleNotification({ type: 'success', message: doneWords(argument, outcome.value) });
      onDone(outcome.value, argument);
    }
  );
};
