import { useRef, useState } from 'react';
import { Box, MenuItem, SimpleMenu } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import type { ThreadAccess } from '../../../../shared/contracts/access';
import type { Thread } from '../../../../shared/contracts/thread';
import { unreachable } from '../../../../shared/unreachable';
import { chooseThreadLevel } from '../../api/access';
import type { Client } from '../../api/client';
import { relogThread, setThreadState, unlogThread } from '../../api/threads';
import { ConfirmDialog } from '../../components/kit/ConfirmDialog';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';
import { actionsOf, type ThreadAction } from './thread-actions';
import { LevelDialog } from './LevelDialog';

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
  /** null while it is not known, and for a conversation without mail. */
  access: ThreadAccess | null;
  onChanged: () => void;
}

/** S21, S42: actions on a conversation as a whole; only for whoever is told all of it, or decides who is. */
export const ThreadMenu = ({ thread, access, onChanged }: ThreadMenuProps) => {
  const text = useText();
  const menu = useRef<HTMLDivElement>(null);
  const [isAsking, setIsAsking] = useState(false);
  const [isChoosing, setIsChoosing] = useState(false);
  const { allowedActions } = useRBAC(permissions.manageThreads);
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, action: ThreadAction) => send(client, thread.documentId, action),
    doneWords: (action) => text(`thread.${action}.done`),
    onDone: onChanged,
  });
  const decides = access?.decides ?? null;
  const actions = allowedActions.canManage && access?.tellsAll !== false ? actionsOf(thread.state) : [];
  if (actions.length === 0 && decides === null) return null;
  return (
    <>
      <Box ref={menu}>
        <SimpleMenu label={text('thread.actions')} variant="tertiary" disabled={isSubmitting}>
          {decides === null ? null : (
            <MenuItem onSelect={() => setIsChoosing(true)}>{text('thread.level')}</MenuItem>
          )}
          {actions.map((action) => (
            <MenuItem
              key={action}
              variant={action === 'unlog' ? 'danger' : 'default'}
              onSelect={() => (action === 'unlog' ? setIsAsking(true) : submit(action))}
            >
              {text(`thread.${action}`)}
            </MenuItem>
          ))}
        </SimpleMenu>
      </Box>
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
      {decides === null ? null : (
        <LevelDialog
          of="thread"
          isOpen={isChoosing}
          choose={(client, level) => chooseThreadLevel(client, thread.documentId, level)}
          decides={decides}
          onClose={() => setIsChoosing(false)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            menu.current?.querySelector('button')?.focus();
          }}
          onChanged={onChanged}
        />
      )}
    </>
  );
};
