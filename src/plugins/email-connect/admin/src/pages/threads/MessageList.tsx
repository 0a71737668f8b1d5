import { useState } from 'react';
import { Flex } from '@strapi/design-system';
import type { Message } from '../../../../shared/contracts/message';
import { MessageCard } from './MessageCard';

/** Messages in order. The newest is open; the older ones are a line until somebody opens them. */
export const MessageList = ({ messages }: { messages: Message[] }) => {
  // Only what somebody opened or closed: a message that arrives becomes the newest, and opens.
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
  const newest = messages.at(-1)?.documentId;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      {messages.map((message) => {
        const isOpen = chosen[message.documentId] ?? message.documentId === newest;
        return (
          <MessageCard
            key={message.documentId}
            message={message}
            isOpen={isOpen}
            onToggle={() => setChosen((before) => ({ ...before, [message.documentId]: !isOpen }))}
          />
        );
      })}
    </Flex>
  );
};
