import { useState } from 'react';
import { Flex } from '@strapi/design-system';
import type { Message } from '../../../../shared/contracts/message';
import { newestLetter } from './message-words';
import { MessageCard } from './MessageCard';
import { NoticeCard } from './NoticeCard';

interface MessageListProps {
  messages: Message[];
  onRemoved: () => void;
}

/**
 * Messages in order. The newest letter is open; the older ones are a line until somebody opens them. What machines wrote
 * stands between them.
 */
export const MessageList = ({ messages, onRemoved }: MessageListProps) => {
  // Only what somebody opened or closed: a message that arrives becomes the newest, and opens.
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
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
              onRemoved={onRemoved}
            />
          );
        }
        const isOpen = chosen[documentId] ?? documentId === newest;
        return (
          <MessageCard
            key={documentId}
            message={message}
            isOpen={isOpen}
            onToggle={() => setChosen((before) => ({ ...before, [documentId]: !isOpen }))}
            onRemoved={onRemoved}
          />
        );
      })}
    </Flex>
  );
};
