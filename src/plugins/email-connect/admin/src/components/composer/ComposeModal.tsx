import { Modal } from '@strapi/design-system';
import type { Contact } from '../../../../shared/contracts/contact';
import type { SendMessageAnswer } from '../../../../shared/contracts/message';
import { useText } from '../../hooks/use-text';
import { focusDialog } from '../kit/focus-dialog';
import { draftTo } from './compose-draft';
import { Composer } from './Composer';
import type { ComposerLayoutProps } from './composer-layout';

/** The buttons are in the foot of the dialog, where no scrolling content can lie over them. */
const ModalLayout = ({ children, buttons }: ComposerLayoutProps) => (
  <>
    <Modal.Body>{children}</Modal.Body>
    {buttons === null ? null : <Modal.Footer>{buttons}</Modal.Footer>}
  </>
);

interface ComposeModalProps {
  contact: Contact;
  onClose: () => void;
  onSent: (answer: SendMessageAnswer) => void;
}

/** A new email to a contact, within a `Modal.Root`. A click outside of it does not throw away the text. */
export const ComposeModal = ({ contact, onClose, onSent }: ComposeModalProps) => {
  const text = useText();
  return (
    <Modal.Content onInteractOutside={(event) => event.preventDefault()} onOpenAutoFocus={focusDialog}>
      <Modal.Header closeLabel={text('close')}>
        <Modal.Title>{text('compose.title', { name: contact.name })}</Modal.Title>
      </Modal.Header>
      <Composer
        contact={{ contactType: contact.contactType, documentId: contact.documentId }}
        answersDocumentId={null}
        inboxDocumentId={null}
        initial={() => draftTo(contact.addresses)}
        Layout={ModalLayout}
        onCancel={onClose}
        onSent={(answer) => {
          onSent(answer);
          onClose();
        }}
      />
    </Modal.Content>
  );
};
