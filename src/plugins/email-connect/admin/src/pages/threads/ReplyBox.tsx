import { useState } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import type { Thread } from '../../../../shared/contracts/thread';
import { replyTo } from '../../components/composer/compose-draft';
import { Composer } from '../../components/composer/Composer';
import { InPlaceLayout } from '../../components/composer/InPlaceLayout';
import { Notice } from '../../components/Notice';
import { Section } from '../../components/Section';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';
import { newestLetter } from './message-words';

interface ReplyBoxProps {
  thread: Thread;
  onSent: () => void;
}

/** Answers the newest message, in place. */
export const ReplyBox = ({ thread, onSent }: ReplyBoxProps) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const [mode, setMode] = useState<'reply' | 'reply-all' | null>(null);
  const { allowedActions } = useRBAC(permissions.sendMessages);
  // A bounce or an auto-reply is no letter that somebody could answer.
  const answered = newestLetter(thread.messages);
  const contact = thread.contacts[0];
  if (!allowedActions.canSend || answered === undefined) return null;
  if (contact === undefined) return <Notice tone="neutral" title={text('reply.no-contact')} />;
  const open = (chosen: 'reply' | 'reply-all'): void => {
    setMode(chosen);
    setIsOpen(true);
  };
  if (!isOpen) {
    // The button that opened the box has the focus again when the box is closed.
    return (
      <Flex gap={2}>
        <Button autoFocus={mode === 'reply'} onClick={() => open('reply')}>
          {text('reply')}
        </Button>
        <Button autoFocus={mode === 'reply-all'} variant="tertiary" onClick={() => open('reply-all')}>
          {text('reply.all')}
        </Button>
      </Flex>
    );
  }
  return (
    <Section title={text('reply')}>
      <Composer
        contact={contact}
        answersDocumentId={answered.documentId}
        initial={(ownAddress) => replyTo(answered, ownAddress, mode === 'reply-all')}
        Layout={InPlaceLayout}
        onCancel={() => setIsOpen(false)}
        onSent={() => {
          setIsOpen(false);
          onSent();
        }}
      />
    </Section>
  );
};
