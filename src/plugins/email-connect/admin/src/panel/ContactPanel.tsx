import { useMemo, type ReactNode } from 'react';
import { useRBAC } from '@strapi/strapi/admin';
import { useContactTypes } from '../hooks/use-contact-types';
import { useText } from '../hooks/use-text';
import { permissions } from '../permissions';
import { ContactPanelContent } from './ContactPanelContent';

/** What the Content Manager tells every panel about the record that is edited. */
interface PanelProps {
  model: string;
  documentId?: string;
}

/**
 * The panel's description. The Content Manager calls it for every content type and compares what it
 * returns, so it must stay equal; all loading is the content's.
 */
export const ContactPanel = ({
  model,
  documentId,
}: PanelProps): { title: string; content: ReactNode } | null => {
  const text = useText();
  const contactTypes = useContactTypes();
  const { allowedActions } = useRBAC(permissions.readThreads);
  const isShown = documentId !== undefined && contactTypes.has(model) && allowedActions.canRead === true;
  const title = text('panel.title');
  return useMemo(
    () =>
      isShown
        ? { title, content: <ContactPanelContent contactType={model} documentId={documentId} /> }
        : null,
    [isShown, title, model, documentId]
  );
};
