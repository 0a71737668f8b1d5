import { Modal } from '@strapi/design-system';
import type { Contact } from '../../../../shared/contracts/contact';
import type { SendMessageAnswer } from '../../../../shared/contracts/message';
import { useText } from '../../hooks/use-text';
import { draftTo } from './compose-draft';
import { Composer } from './Composer';

interface ComposeModalProps {
  contact: Contact;
  onClose: () => void;
  onSent: (answer: SendMessageAnswer) => void;
}

/** A new email to a contact. A click beside it does not throw away what was written. */
export const ComposeModal = ({ contact, onClose, onSent }: ComposeModalProps) => {
  const text = useText();
  return (
    <Modal.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Modal.Content onInteractOutside={(event) => event.preventDefault()}>
        <Modal.Header closeLabel={text('close')}>
          <Modal.Title>{text('compose.title', { name: contact.name })}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Composer
            contact={{ contactType: contact.contactType, documentId: contact.documentId }}
            answersDocumentId={null}
            initial={() => draftTo(contact.addresses)}
            onCancel={onClose}
            onSent={(answer) => {
              onSent(answer);
              onClose();
            }}
          />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
