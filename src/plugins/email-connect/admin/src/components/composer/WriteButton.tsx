import { useCallback, useState } from 'react';
import { Button, Modal } from '@strapi/design-system';
import { Mail } from '@strapi/icons';
import { useRBAC } from '@strapi/strapi/admin';
import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import type { Client } from '../../api/client';
import { loadContact } from '../../api/contacts';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';
import { ProblemNotice } from '../kit/ProblemNotice';
import { ComposeModal } from './ComposeModal';

interface LoadingModalProps {
  contact: ContactRef;
  onClose: () => void;
  onSent: () => void;
}

/** Loads the contact's addresses only when the user wants to write. */
const LoadingModal = ({ contact, onClose, onSent }: LoadingModalProps) => {
  const { contactType, documentId } = contact;
  const { value, problem } = useLoad(
    useCallback(
      (client: Client) => loadContact(client, { contactType, documentId }),
      [contactType, documentId]
    )
  );
  if (problem !== null) return <ProblemNotice problem={problem} />;
  return value === null ? null : <ComposeModal contact={value} onClose={onClose} onSent={onSent} />;
};

interface WriteButtonProps {
  contact: ContactRef;
  onSent: () => void;
  fullWidth?: boolean;
}

/** "Write an email" to a contact; hidden from users who may not send. */
export const WriteButton = ({ contact, onSent, fullWidth }: WriteButtonProps) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const { allowedActions } = useRBAC(permissions.sendMessages);
  if (!allowedActions.canSend) return null;
  return (
    <Modal.Root open={isOpen} onOpenChange={setIsOpen}>
      <Modal.Trigger>
        <Button variant="secondary" startIcon={<Mail />} fullWidth={fullWidth}>
          {text('compose.write')}
        </Button>
      </Modal.Trigger>
      {isOpen ? <LoadingModal contact={contact} onClose={() => setIsOpen(false)} onSent={onSent} /> : null}
    </Modal.Root>
  );
};
