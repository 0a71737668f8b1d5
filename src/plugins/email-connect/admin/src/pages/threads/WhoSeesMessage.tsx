import { useRef, useState } from 'react';
import { Box, TextButton } from '@strapi/design-system';
import { Eye } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import type { LevelChoiceAnswer } from '../../../../shared/contracts/access';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { chooseMessageLevel, loadMessageAccess } from '../../api/access';
import { useNotifyFailure } from '../../components/kit/use-notify-failure';
import { useSubmit } from '../../hooks/use-submit';
import { useText } from '../../hooks/use-text';
import { LevelDialog } from './LevelDialog';

interface WhoSeesMessageProps {
  message: MessageSummary;
  onOpen: () => void;
  onChanged: (documentId: string) => void;
}

/** S42: one mail of a conversation may be more private than the others. */
export const WhoSeesMessage = ({ message: { documentId }, onOpen, onChanged }: WhoSeesMessageProps) => {
  const text = useText();
  const opener = useRef<HTMLDivElement>(null);
  const [decides, setDecides] = useState<LevelChoiceAnswer | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const { toggleNotification } = useNotification();
  const notifyFailure = useNotifyFailure();
  const { submit, isSubmitting } = useSubmit(
    async (client) => {
      try {
        return await loadMessageAccess(client, documentId);
      } catch (error) {
        notifyFailure(error);
        return null;
      }
    },
    (found) => {
      if (found === null) return;
      if (found.decides === null) toggleNotification({ type: 'info', message: text('message.level.others') });
      setDecides(found.decides);
      if (found.decides === null) return;
      onOpen();
      setIsOpen(true);
    }
  );
  return (
    <Box ref={opener}>
      {/* Not disabled meanwhile: it would lose the focus. */}
      <TextButton startIcon={<Eye />} onClick={() => (isSubmitting ? undefined : submit(undefined))}>
        {text('message.level')}
      </TextButton>
      {decides === null ? null : (
        <LevelDialog
          of="message"
          isOpen={isOpen}
          choose={(client, level) => chooseMessageLevel(client, documentId, level)}
          decides={decides}
          onClose={() => setIsOpen(false)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener.current?.querySelector('button')?.focus();
          }}
          onChanged={() => onChanged(documentId)}
        />
      )}
    </Box>
  );
};
