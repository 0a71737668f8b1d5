import { useCallback, useState, type RefObject } from 'react';
import { Flex } from '@strapi/design-system';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { newestLetter } from './message-words';
import { MessageCard } from './MessageCard';
import { NoticeCard } from './NoticeCard';
import { PartlyToldCard } from './PartlyToldCard';
import { useReader } from './use-reader';
import { needsAnswer } from './ways-out';

interface MessageListProps {
  list: RefObject<HTMLDivElement>;
  messages: MessageSummary[];
  /** null while another text is being written here. */
  onEdit: ((message: MessageSummary) => void) | null;
  /** Whether an inbox of the user decides about mail of the conversation. */
  choosesLevels: boolean;
  /** Called after a person decided about a message, or removed it. */
  onChanged: (documentId: string) => void;
}

/**
 * Messages in order. The newest letter is open, and mail that waits for a person's decision; the others are one line
 * until the user opens them. Automatic messages stand between them.
 */
export const MessageList = ({ list, messages, onEdit, choosesLevels, onChanged }: MessageListProps) => {
  const readerOf = useReader();
  // Only what the user opened or closed: a message that arrives becomes the newest, and opens.
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
  const choose = useCallback(
    (documentId: string, isOpen: boolean): void =>
      setChosen((before) => ({ ...before, [documentId]: isOpen })),
    []
  );
  const decided = useCallback(
    (documentId: string): void => {
      // The result of the action is still to be read, and may offer further ones.
      choose(documentId, true);
      onChanged(documentId);
    },
    [choose, onChanged]
  );
  const newest = newestLetter(messages)?.documentId;
  const byId = new Map(messages.map((message) => [message.documentId, message]));
  return (
    <Flex ref={list} direction="column" alignItems="stretch" gap={3}>
      {messages.map((message) => {
        const { documentId, level, notice, answersDocumentId } = message;
        if (level !== 'full') return <PartlyToldCard key={documentId} message={message} level={level} />;
        if (notice !== null) {
          const about = answersDocumentId === null ? undefined : byId.get(answersDocumentId);
          return (
            <NoticeCard
              key={documentId}
              message={message}
              kind={notice}
              about={about?.level === 'full' ? about : null}
              onRemoved={onChanged}
            />
          );
        }
        return (
          <MessageCard
            key={documentId}
            message={message}
            isOpen={chosen[documentId] ?? (documentId === newest || needsAnswer(message))}
            onToggle={choose}
            readerOf={readerOf}
            onEdit={onEdit}
            choosesLevels={choosesLevels}
            onDecided={decided}
            onRemoved={onChanged}
          />
        );
      })}
    </Flex>
  );
};
