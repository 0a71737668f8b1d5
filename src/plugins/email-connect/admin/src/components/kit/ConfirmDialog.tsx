import { useRef } from 'react';
import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { useText } from '../../hooks/use-text';

interface ConfirmDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** The consequences, one a line. */
  consequences: readonly string[];
  confirm: string;
  isDangerous?: boolean;
  onConfirm: () => void;
}

/** Asks before an action that cannot be undone, or that reads a mail, and says first what it does. */
export const ConfirmDialog = ({
  isOpen,
  onOpenChange,
  title,
  consequences,
  confirm,
  isDangerous = false,
  onConfirm,
}: ConfirmDialogProps) => {
  const text = useText();
  const opener = useRef<Element | null>(null);
  // The dialog returns the focus only to a trigger of its own, and this one has none.
  const giveBackFocus = (event: Event): void => {
    event.preventDefault();
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Content
        onOpenAutoFocus={() => {
          opener.current = document.activeElement;
        }}
        onCloseAutoFocus={giveBackFocus}
      >
        <Dialog.Header>{title}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={3}>
            {consequences.map((consequence) => (
              <Typography key={consequence}>{consequence}</Typography>
            ))}
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button fullWidth variant="tertiary">
              {text('cancel')}
            </Button>
          </Dialog.Cancel>
          <Dialog.Action>
            <Button fullWidth variant={isDangerous ? 'danger' : 'default'} onClick={onConfirm}>
              {confirm}
            </Button>
          </Dialog.Action>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};
