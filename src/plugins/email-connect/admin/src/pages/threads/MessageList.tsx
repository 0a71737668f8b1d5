import { useState } from 'react';
import { Flex } from '@strapi/design-system';
import type { Message } from '../../../../shared/contracts/message';
import type { Thread } from '../../../../shared/contracts/thread';
import { newestLetter } from './message-words';
import { MessageCard } from './MessageCard';
import { NoticeCard } from './NoticeCard';
import { useReader } from './use-reader';
import { needsAnswer, waysOut } from './ways-out';

interface MessageListProps {
  thread: Thread;
  /** null while something else is being written here. */
  onEdit: ((message: Message) => void) | null;
  onChanged: () => void;
}

/**
 * Messages in order. The newest letter is open, and what waits for a person's word; the others are a line until somebody
 * opens them. What machines wrote stands between them.
 */
export const MessageList = ({ thread, onEdit, onChanged }: MessageListProps) => {
  const { messages } = thread;
  const readerOf = useReader();
  // Only what somebody opened or closed: a message that arrives becomes the newest, and opens.
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
  const choose = (documentId: string, isOpen: boolean): void =>
    setChosen((before) => ({ ...before, [documentId]: isOpen }));
  const newest = newestLetter(messages)?.documentId;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {messages.map((message) => {
        const { documentId, notice, answersDocumentId } = message;
        if (notice !== null) {
          const about = messages.find((other) => other.documentId === answersDocumentId) ?? null;
          return (
            <NoticeCard
              key={documentId}
              message={message}
              kind={notice}
              about={about}
              onRemoved={onChanged}
            />
          );
        }
        const isOpen = chosen[documentId] ?? (documentId === newest || needsAnswer(message));
        const reader = readerOf(message);
        return (
          <MessageCard
            key={documentId}
            message={message}
            isOpen={isOpen}
            onToggle={() => choose(documentId, !isOpen)}
            ways={reader === null ? [] : waysOut(message.deliveryStatus, reader)}
            onEdit={onEdit}
            onDecided={() => {
              // What came of it is still to be read, and may offer more.
              choose(documentId, true);
              onChanged();
            }}
            onRemoved={onChanged}
          />
        );
      })}
    </Flex>
  );
};
