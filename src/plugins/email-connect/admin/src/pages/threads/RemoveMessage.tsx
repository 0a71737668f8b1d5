import { useState } from 'react';
import { TextButton } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { useRBAC } from '@strapi/strapi/admin';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { removeMessage } from '../../api/messages';
import { ConfirmDialog } from '../../components/kit/ConfirmDialog';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { useOverrides } from '../../hooks/use-overrides';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';

interface RemoveMessageProps {
  message: MessageSummary;
  onRemoved: (documentId: string) => void;
}

/** S21: deletes one message here for good, once the user has confirmed the consequences. */
export const RemoveMessage = ({ message, onRemoved }: RemoveMessageProps) => {
  const text = useText();
  const [isAsking, setIsAsking] = useState(false);
  const overrides = useOverrides();
  const { allowedActions } = useRBAC(permissions.manageThreads);
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, documentId: string) => removeMessage(client, documentId),
    doneWords: () => text('message.remove.done'),
    onDone: (_answer, documentId) => onRemoved(documentId),
  });
  if (overrides || !allowedActions.canManage) return null;
  return (
    <>
      <TextButton startIcon={<Trash />} disabled={isSubmitting} onClick={() => setIsAsking(true)}>
        {text('message.remove')}
      </TextButton>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={text('message.remove.title')}
        consequences={[
          text('message.remove.deletes', { files: message.attachments.length }),
          text('message.remove.stays-away'),
          text('message.remove.mailbox'),
        ]}
        confirm={text('message.remove.confirm')}
        isDangerous
        onConfirm={() => submit(message.documentId)}
      />
    </>
  );
};
