import { useState } from 'react';
import { Button, Modal } from '@strapi/design-system';
import type { MessageLocation } from '../../../../../shared/contracts/location';
import { useText } from '../../../hooks/use-text';
import { LogNowModal } from './LogNowModal';

interface LogNowButtonProps {
  inboxDocumentId: string;
  location: MessageLocation;
  onLogged: () => void;
}

/** P9: logs one message that is not logged, once the user has confirmed that it will be read. */
export const LogNowButton = (props: LogNowButtonProps) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Modal.Root open={isOpen} onOpenChange={setIsOpen}>
      <Modal.Trigger>
        <Button size="S">{text('log-now')}</Button>
      </Modal.Trigger>
      {isOpen ? <LogNowModal {...props} onClose={() => setIsOpen(false)} /> : null}
    </Modal.Root>
  );
};
