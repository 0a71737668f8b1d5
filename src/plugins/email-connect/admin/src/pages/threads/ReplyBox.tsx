import { useState } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import type { Thread } from '../../../../shared/contracts/thread';
import { replyTo } from '../../components/composer/compose-draft';
import { Composer } from '../../components/composer/Composer';
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
  const [mode, setMode] = useState<'closed' | 'reply' | 'reply-all'>('closed');
  const { allowedActions } = useRBAC(permissions.sendMessages);
  // A bounce or an auto-reply is no letter that somebody could answer.
  const answered = newestLetter(thread.messages);
  const contact = thread.contacts[0];
  if (!allowedActions.canSend || answered === undefined) return null;
  if (contact === undefined) return <Notice tone="neutral" title={text('reply.no-contact')} />;
  if (mode === 'closed') {
    return (
      <Flex gap={2}>
        <Button onClick={() => setMode('reply')}>{text('reply')}</Button>
        <Button variant="tertiary" onClick={() => setMode('reply-all')}>
          {text('reply.all')}
        </Button>
      </Flex>
    );
  }
  return (
    <Section title={text('reply')}>
      <Composer
        key={mode}
        contact={contact}
        answersDocumentId={answered.documentId}
        initial={(ownAddress) => replyTo(answered, ownAddress, mode === 'reply-all')}
        onCancel={() => setMode('closed')}
        onSent={() => {
          setMode('closed');
          onSent();
        }}
      />
    </Section>
  );
};
