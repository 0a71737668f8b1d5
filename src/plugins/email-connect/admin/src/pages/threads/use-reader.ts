import { useCallback } from 'react';
import { useRBAC } from '@strapi/strapi/admin';
import type { Message } from '../../../../shared/contracts/message';
import type { Thread } from '../../../../shared/contracts/thread';
import { loadSettings } from '../../api/settings';
import { useLoad } from '../../hooks/use-load';
import { permissions } from '../../permissions';
import { isOwnMail, type Reader } from './ways-out';

/** What this user is to a mail of the conversation; null while that is not known, and for who may not send. */
export const useReader = ({ inboxDocumentId }: Thread): ((message: Message) => Reader | null) => {
  const settings = useLoad(loadSettings).value;
  const { canSend } = useRBAC(permissions.sendMessages).allowedActions;
  const { canManage } = useRBAC(permissions.manageInboxes).allowedActions;
  return useCallback(
    (message) =>
      settings === null || !canSend
        ? null
        : {
            isOwn: isOwnMail(message, inboxDocumentId, settings.yourInbox),
            managesAll: canManage === true,
          },
    [settings, canSend, canManage, inboxDocumentId]
  );
};
