import { useMemo, type ReactNode } from 'react';
import { useRBAC } from '@strapi/strapi/admin';
import { useContactTypes } from '../hooks/use-contact-types';
import { useText } from '../hooks/use-text';
import { permissions } from '../permissions';
import { ContactPanelContent } from './ContactPanelContent';

/** The props that the Content Manager gives every panel about the edited record. */
interface PanelProps {
  model: string;
  documentId?: string;
}

/**
 * The panel's description. The Content Manager calls it for every content type and compares the results, so they must
 * stay equal; only the content loads data.
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
