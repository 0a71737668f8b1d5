import { useCallback } from 'react';
import { useRBAC } from '@strapi/strapi/admin';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { loadSettings } from '../../api/settings';
import { useLoad } from '../../hooks/use-load';
import { permissions } from '../../permissions';
import { readerOf, type Reader } from './ways-out';

/** The user's relation to a mail; null while it is not known, and for a user who may not send. */
export const useReader = (): ((message: MessageSummary) => Reader | null) => {
  const settings = useLoad(loadSettings).value;
  const { canSend } = useRBAC(permissions.sendMessages).allowedActions;
  const { canManage } = useRBAC(permissions.manageInboxes).allowedActions;
  return useCallback(
    (message) =>
      settings === null || !canSend ? null : readerOf(message, settings.ownInboxes, canManage === true),
    [settings, canSend, canManage]
  );
};
