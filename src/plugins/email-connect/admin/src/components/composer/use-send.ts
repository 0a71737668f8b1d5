import { useRef } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import type { SendMessageAnswer } from '../../../../shared/contracts/message';
import { sendMessage } from '../../api/messages';
import { toProblem } from '../../api/problem';
import { useSubmit, type Submission } from '../../hooks/use-submit';
import { useText } from '../../hooks/use-text';
import type { ComposedRequest } from './compose-draft';
import { isOver, keyAfterAnswer, keyAfterProblem, mintSendKey, type SendKey } from './send-key';

export interface Outgoing {
  request: ComposedRequest;
  files: File[];
}

export interface Sending extends Submission<Outgoing> {
  /** Sends it in addition to the mail that an earlier press made: the user decided so. */
  submitAnother: (outgoing: Outgoing) => void;
}

const tones = {
  held: 'warning',
  queued: 'info',
  sent: 'success',
  failed: 'danger',
  unknown: 'warning',
  asked: 'warning',
  cancelled: 'warning',
} as const;

const useAnswerNotification = (): ((answer: SendMessageAnswer) => void) => {
  const text = useText();
  const { toggleNotification } = useNotification();
  return ({ deliveryStatus, notice }) =>
    toggleNotification(
      notice === ''
        ? { type: tones[deliveryStatus], message: text(`compose.answer.${deliveryStatus}`) }
        : { type: 'warning', message: notice }
    );
};

/**
 * Sends under one key until that mail is over, and reports the state of the mail then. `onSent` is not called for a
 * mail that did not go out: its text is still needed.
 */
export const useSend = (onSent: (answer: SendMessageAnswer) => void): Sending => {
  const notify = useAnswerNotification();
  const key = useRef<SendKey | null>(null);
  const submission = useSubmit(
    async (client, { request, files }: Outgoing) => {
      const pressed = (key.current ??= mintSendKey());
      try {
        const answer = await sendMessage(client, { ...request, key: pressed.value }, files);
        key.current = keyAfterAnswer(pressed, answer, mintSendKey);
        return answer;
      } catch (error) {
        key.current = keyAfterProblem(pressed, toProblem(error), mintSendKey);
        throw error;
      }
    },
    (answer) => {
      notify(answer);
      if (!isOver(answer)) onSent(answer);
    }
  );
  const submitAnother = (outgoing: Outgoing): void => {
    key.current = mintSendKey();
    submission.submit(outgoing);
  };
  return { ...submission, submitAnother };
};
