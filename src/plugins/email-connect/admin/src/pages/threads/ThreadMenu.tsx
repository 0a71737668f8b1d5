import { useState } from 'react';
import { MenuItem, SimpleMenu } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import type { Thread } from '../../../../shared/contracts/thread';
import { unreachable } from '../../../../shared/unreachable';
import type { Client } from '../../api/client';
import { relogThread, setThreadState, unlogThread } from '../../api/threads';
import { ConfirmDialog } from '../../components/kit/ConfirmDialog';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';
import { actionsOf, type ThreadAction } from './thread-actions';

const send = (client: Client, documentId: string, action: ThreadAction): Promise<Thread> => {
  switch (action) {
    case 'mute':
      return setThreadState(client, documentId, 'muted');
    case 'unmute':
      return setThreadState(client, documentId, 'open');
    case 'unlog':
      return unlogThread(client, documentId);
    case 'relog':
      return relogThread(client, documentId);
    default:
      return unreachable(action);
  }
};

interface ThreadMenuProps {
  thread: Thread;
  onChanged: () => void;
}

/** S21: actions on a conversation as a whole. */
export const ThreadMenu = ({ thread, onChanged }: ThreadMenuProps) => {
  const text = useText();
  const [isAsking, setIsAsking] = useState(false);
  const { allowedActions } = useRBAC(permissions.manageThreads);
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, action: ThreadAction) => send(client, thread.documentId, action),
    doneWords: (action) => text(`thread.${action}.done`),
    onDone: onChanged,
  });
  if (!allowedActions.canManage) return null;
  return (
    <>
      <SimpleMenu label={text('thread.actions')} variant="tertiary" disabled={isSubmitting}>
        {actionsOf(thread.state).map((action) => (
          <MenuItem
            key={action}
            variant={action === 'unlog' ? 'danger' : 'default'}
            onSelect={() => (action === 'unlog' ? setIsAsking(true) : submit(action))}
          >
            {text(`thread.${action}`)}
          </MenuItem>
        ))}
      </SimpleMenu>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={text('thread.unlog.title')}
        consequences={[
          text('thread.unlog.deletes', { count: thread.messageCount, files: thread.attachmentCount }),
          text('thread.unlog.stays-away'),
          text('thread.unlog.mailbox'),
        ]}
        confirm={text('thread.unlog.confirm')}
        isDangerous
        onConfirm={() => submit('unlog')}
      />
    </>
  );
};
