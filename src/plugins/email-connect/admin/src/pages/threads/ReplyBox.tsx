import { useState } from 'react';
import { Button, Flex } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import type { SendMessageAnswer } from '../../../../shared/contracts/message';
import { Composer } from '../../components/composer/Composer';
import { InPlaceLayout } from '../../components/composer/InPlaceLayout';
import { Notice } from '../../components/kit/Notice';
import { Section } from '../../components/kit/Section';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';
import type { WritingState } from './use-writing';
import { draftOf, type Writing } from './writing';

interface WritingBoxProps {
  contact: ContactRef;
  inboxDocumentId: string;
  writing: Writing;
  onClose: () => void;
  onSent: (answer: SendMessageAnswer) => void;
}

const WritingBox = ({ contact, inboxDocumentId, writing, onClose, onSent }: WritingBoxProps) => {
  const text = useText();
  const fileCount = writing.kind === 'again' ? writing.failed.attachments.length : 0;
  return (
    <Section title={text(writing.kind === 'again' ? 'reply.again' : 'reply')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {fileCount === 0 ? null : (
          <Notice tone="warning" title={text('reply.again.files', { count: fileCount })} />
        )}
        <Composer
          contact={contact}
          answersDocumentId={writing.answered?.documentId ?? null}
          inboxDocumentId={
            (writing.kind === 'again' ? writing.failed.inboxDocumentId : null) ?? inboxDocumentId
          }
          initial={(ownAddress) => draftOf(writing, ownAddress)}
          Layout={InPlaceLayout}
          onCancel={onClose}
          onSent={(answer) => {
            onClose();
            onSent(answer);
          }}
        />
      </Flex>
    </Section>
  );
};

interface ReplyBoxProps {
  contact: ContactRef | undefined;
  /** The conversation's. */
  inboxDocumentId: string;
  state: WritingState;
  /** A message here can be answered, as far as is known. */
  canAnswer: boolean;
  onSent: (answer: SendMessageAnswer) => void;
}

/** Answers the newest message that can be answered, or edits a mail that did not go out, in place. */
export const ReplyBox = ({ contact, inboxDocumentId, state, canAnswer, onSent }: ReplyBoxProps) => {
  const text = useText();
  const [closed, setClosed] = useState<Writing['kind'] | null>(null);
  const { allowedActions } = useRBAC(permissions.sendMessages);
  const { writing, isPreparing, reply } = state;
  if (!allowedActions.canSend) return null;
  if (contact === undefined) return <Notice tone="neutral" title={text('reply.no-contact')} />;
  if (writing !== null) {
    const close = (): void => {
      setClosed(writing.kind);
      state.close();
    };
    return (
      <WritingBox
        contact={contact}
        inboxDocumentId={inboxDocumentId}
        writing={writing}
        onClose={close}
        onSent={onSent}
      />
    );
  }
  if (!canAnswer) return null;
  // The button that opened the box gets the focus again when the box is closed.
  return (
    <Flex gap={2}>
      <Button
        autoFocus={closed === 'reply' || closed === 'again'}
        disabled={isPreparing}
        onClick={() => reply('reply')}
      >
        {text('reply')}
      </Button>
      <Button
        autoFocus={closed === 'reply-all'}
        disabled={isPreparing}
        variant="tertiary"
        onClick={() => reply('reply-all')}
      >
        {text('reply.all')}
      </Button>
    </Flex>
  );
};
