import { Button, Flex } from '@strapi/design-system';
import type { MessageSummary } from '../../../../shared/contracts/message';
import type { MessageChangeAnswer } from '../../../../shared/contracts/thread';
import { unreachable } from '../../../../shared/unreachable';
import type { Client } from '../../api/client';
import { cancelMessage, releaseMessage, settleMessage } from '../../api/messages';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { useText } from '../../hooks/use-text';
import { SendAgain } from './SendAgain';
import type { WayOut } from './ways-out';

type Decision = Exclude<WayOut, 'edit'>;

const act = (client: Client, documentId: string, decision: Decision): Promise<MessageChangeAnswer> => {
  switch (decision) {
    case 'cancel':
      return cancelMessage(client, documentId);
    case 'release':
      return releaseMessage(client, documentId);
    case 'went-out':
    case 'did-not':
    case 'send-again':
      return settleMessage(client, documentId, decision);
    default:
      return unreachable(decision);
  }
};

interface WaysOutProps {
  message: MessageSummary;
  ways: WayOut[];
  /** null while another text is being written here, which must not be lost. */
  onEdit: ((message: MessageSummary) => void) | null;
  /** Called also after a refusal: then the shown state is outdated. */
  onDecided: () => void;
}

/** S51: actions on a mail that may not have gone out. */
export const WaysOut = ({ message, ways, onEdit, onDecided }: WaysOutProps) => {
  const text = useText();
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, decision: Decision) => act(client, message.documentId, decision).finally(onDecided),
    doneWords: (decision) => text(`message.way.${decision}.done`),
    onDone: () => undefined,
  });
  return (
    <Flex gap={2} wrap="wrap">
      {ways.map((way, index) =>
        way === 'send-again' ? (
          <SendAgain key={way} isDisabled={isSubmitting} onConfirm={() => submit(way)} />
        ) : (
          <Button
            key={way}
            size="S"
            variant={index === 0 ? 'secondary' : 'tertiary'}
            disabled={way === 'edit' ? onEdit === null : isSubmitting}
            onClick={() => (way === 'edit' ? onEdit?.(message) : submit(way))}
          >
            {text(`message.way.${way}`)}
          </Button>
        )
      )}
    </Flex>
  );
};
