import { useState } from 'react';
import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { ArrowsCounterClockwise } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import type { Inbox, InboxAction } from '../../../../../shared/contracts/inbox';
import { actOnInbox } from '../../../api/inboxes';
import { toProblem } from '../../../api/problem';
import { problemWords } from '../../../components/ProblemNotice';
import { useSubmit } from '../../../hooks/use-submit';
import { useText } from '../../../hooks/use-text';

interface InboxActionsProps {
  inbox: Inbox;
  onChanged: () => void;
}

/** Acts on the inbox and says what came of it. */
const useInboxAction = ({ inbox, onChanged }: InboxActionsProps) => {
  const text = useText();
  const { toggleNotification } = useNotification();
  return useSubmit(
    async (client, action: InboxAction) => {
      try {
        await actOnInbox(client, inbox.documentId, action);
        toggleNotification({ type: 'success', message: text(`inbox.${action}.done`) });
      } catch (error) {
        const { message, nextStep } = problemWords(toProblem(error), text);
        toggleNotification({ type: 'danger', message: `${message} ${nextStep}` });
      }
    },
    () => onChanged()
  );
};

const DisconnectButton = ({ address, onConfirm }: { address: string; onConfirm: () => void }) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger>
        <Button variant="danger-light">{text('inbox.disconnect')}</Button>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Header>{text('inbox.disconnect.title', { address })}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={3}>
            {(['stops', 'forgets', 'stays'] as const).map((consequence) => (
              <Typography key={consequence}>{text(`inbox.disconnect.${consequence}`)}</Typography>
            ))}
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button fullWidth variant="tertiary">
              {text('cancel')}
            </Button>
          </Dialog.Cancel>
          <Dialog.Action>
            <Button fullWidth variant="danger" onClick={onConfirm}>
              {text('inbox.disconnect.confirm')}
            </Button>
          </Dialog.Action>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};

/** Check now, pause or resume, disconnect. A disconnected inbox has none of them: it is connected again below. */
export const InboxActions = (props: InboxActionsProps) => {
  const text = useText();
  const { submit, isSubmitting } = useInboxAction(props);
  const { inbox } = props;
  if (inbox.state === 'disconnected') return null;
  const isPaused = inbox.state === 'paused';
  return (
    <Flex gap={2} wrap="wrap">
      <DisconnectButton address={inbox.address} onConfirm={() => submit('disconnect')} />
      <Button
        variant="tertiary"
        disabled={isSubmitting}
        onClick={() => submit(isPaused ? 'resume' : 'pause')}
      >
        {text(isPaused ? 'inbox.resume' : 'inbox.pause')}
      </Button>
      <Button
        startIcon={<ArrowsCounterClockwise />}
        disabled={isPaused}
        loading={isSubmitting}
        onClick={() => submit('sync')}
      >
        {text('inbox.sync')}
      </Button>
    </Flex>
  );
};
