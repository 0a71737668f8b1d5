import { useState } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { ArrowsCounterClockwise } from '@strapi/icons';
import type { InboxAnswer, InboxAction } from '../../../../../shared/contracts/inbox';
import { actOnInbox } from '../../../api/inboxes';
import { ConfirmDialog } from '../../../components/kit/ConfirmDialog';
import { useNotifiedSubmit } from '../../../components/kit/use-notified-submit';
import { useText } from '../../../hooks/use-text';

interface InboxActionsProps {
  inbox: InboxAnswer;
  onChanged: () => void;
}

const DisconnectButton = ({ inbox, onConfirm }: { inbox: InboxAnswer; onConfirm: () => void }) => {
  const text = useText();
  const { address, sending } = inbox;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="danger-light" onClick={() => setIsOpen(true)}>
        {text('inbox.disconnect')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={text('inbox.disconnect.title', { address })}
        consequences={[
          text('inbox.disconnect.stops'),
          text('inbox.disconnect.holds', { count: sending.queued + sending.held }),
          text('inbox.disconnect.forgets'),
          text('inbox.disconnect.stays'),
        ]}
        confirm={text('inbox.disconnect.confirm')}
        isDangerous
        onConfirm={onConfirm}
      />
    </>
  );
};

/** Check now, pause or resume, disconnect. None of these for a disconnected inbox: it is connected again below. */
export const InboxActions = ({ inbox, onChanged }: InboxActionsProps) => {
  const text = useText();
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, action: InboxAction) => actOnInbox(client, inbox.documentId, action),
    doneWords: (action) => text(`inbox.${action}.done`),
    onDone: onChanged,
  });
  if (inbox.state === 'disconnected') return null;
  const isPaused = inbox.state === 'paused';
  return (
    <Flex gap={2} wrap="wrap">
      <DisconnectButton inbox={inbox} onConfirm={() => submit('disconnect')} />
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
