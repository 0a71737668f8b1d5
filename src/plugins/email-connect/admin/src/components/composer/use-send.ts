import { useNotification } from '@strapi/strapi/admin';
import type { SendMessageAnswer, SendMessageRequest } from '../../../../shared/contracts/message';
import { sendMessage } from '../../api/messages';
import { useSubmit, type Submission } from '../../hooks/use-submit';
import { useText } from '../../hooks/use-text';

export interface Outgoing {
  request: SendMessageRequest;
  files: File[];
}

const tones = { queued: 'info', sent: 'success', failed: 'danger', unknown: 'warning' } as const;

/** Sends, and says in which state the message is then. */
export const useSend = (onSent: (answer: SendMessageAnswer) => void): Submission<Outgoing> => {
  const text = useText();
  const { toggleNotification } = useNotification();
  return useSubmit(
    (client, { request, files }: Outgoing) => sendMessage(client, request, files),
    (answer) => {
      const { deliveryStatus } = answer;
      toggleNotification({ type: tones[deliveryStatus], message: text(`compose.answer.${deliveryStatus}`) });
      onSent(answer);
    }
  );
};
