import { useCallback } from 'react';
import { Typography } from '@strapi/design-system';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import type { Client } from '../api/client';
import { loadContact } from '../api/contacts';
import { useLoad } from '../hooks/use-load';
import { useText } from '../hooks/use-text';

/** Says that logging with this contact is paused; nothing while it is not. */
export const PausedState = ({ contactType, documentId }: ContactRef) => {
  const text = useText();
  const { value } = useLoad(
    useCallback(
      (client: Client) => loadContact(client, { contactType, documentId }),
      [contactType, documentId]
    )
  );
  if (value?.isPaused !== true) return null;
  return (
    <Typography role="status" textColor="warning700">
      {text('panel.paused')}
    </Typography>
  );
};
