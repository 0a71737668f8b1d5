import { useState } from 'react';
import { Button } from '@strapi/design-system';
import type { MessageLocation } from '../../../../shared/contracts/location';
import { logByHand } from '../../api/unlogged';
import { useText } from '../../hooks/use-text';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { useNotifiedSubmit } from '../kit/use-notified-submit';

interface LogNowButtonProps {
  inboxDocumentId: string;
  location: MessageLocation;
  onLogged: () => void;
}

/** P9: logs one message that is not logged, once the user has confirmed that it will be read. */
export const LogNowButton = ({ inboxDocumentId, location, onLogged }: LogNowButtonProps) => {
  const text = useText();
  const [isAsking, setIsAsking] = useState(false);
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, place: MessageLocation) =>
      logByHand(client, inboxDocumentId, { location: place, threadDocumentId: null }),
    doneWords: () => text('log-now.done'),
    onDone: () => onLogged(),
  });
  return (
    <>
      <Button size="S" loading={isSubmitting} onClick={() => setIsAsking(true)}>
        {text('log-now')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={text('log-now.title')}
        consequences={[text('log-now.reads'), text('log-now.seen'), text('log-now.replies')]}
        confirm={text('log-now')}
        onConfirm={() => submit(location)}
      />
    </>
  );
};
