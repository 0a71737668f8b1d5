import { useCallback, type RefObject } from 'react';
import { Box, Flex } from '@strapi/design-system';
import { useNavigate } from 'react-router-dom';
import type { ThreadAccess } from '../../../../shared/contracts/access';
import type { SendMessageAnswer } from '../../../../shared/contracts/message';
import type { LinkedThread } from '../../../../shared/contracts/thread';
import { Notice } from '../../components/kit/Notice';
import { useOverrides } from '../../hooks/use-overrides';
import { useText } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';
import { newestAnswerable } from './answerable';
import { AskForMore } from './AskForMore';
import { ContactLinks } from './ContactLinks';
import { ContinuedByLink } from './ContinuedByLink';
import { ContinuesLink } from './ContinuesLink';
import { EarlierMessages } from './EarlierMessages';
import type { LoadedMessages } from './message-pages';
import { MessageList } from './MessageList';
import { ReplyBox } from './ReplyBox';
import { useFocusAfterLast } from './use-focus-after-last';
import type { Messages } from './use-messages';
import { useWriting } from './use-writing';
import { needsAnswer } from './ways-out';
import { WhyISee } from './WhyISee';

const nothing: LoadedMessages = { messages: [], earlier: null };

interface ThreadContentProps {
  thread: LinkedThread;
  /** null while it is not known, and for a conversation without mail. */
  access: ThreadAccess | null;
  loaded: LoadedMessages;
  list: RefObject<HTMLDivElement>;
  pages: Pick<Messages, 'earlier' | 'refreshOne'>;
  onChanged: () => void;
}

/** The content of a conversation's page below its title: its contacts, its messages, and a reply in place. */
export const ThreadContent = ({ thread, access, loaded, list, pages, onChanged }: ThreadContentProps) => {
  const text = useText();
  const navigate = useNavigate();
  // The page hears of un-logging before the messages are loaded anew.
  const { messages, earlier } = thread.messageCount === 0 ? nothing : loaded;
  const state = useWriting(thread.documentId, loaded);
  const overrides = useOverrides();
  // What is seen beyond what owners show is only read.
  const isReadOnly = overrides || thread.state === 'unlogged';
  const canWrite = state.writing === null && !state.isPreparing && !isReadOnly && thread.contacts.length > 0;
  useFocusAfterLast(list, earlier !== null);
  // A mail that begins a new conversation is shown on that one's page.
  const show = ({ threadDocumentId }: SendMessageAnswer): void =>
    threadDocumentId === thread.documentId ? onChanged() : navigate(pagePath(`threads/${threadDocumentId}`));
  const { refreshOne } = pages;
  const changed = useCallback(
    (documentId: string): void => {
      refreshOne(documentId);
      onChanged();
    },
    [refreshOne, onChanged]
  );
  const isAsked = thread.sending === 'asked' || thread.sending === 'held';
  return (
    <Box maxWidth="960px">
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex gap={6} wrap="wrap">
          <ContactLinks contacts={thread.contacts} />
          {thread.continuesDocumentId === null ? null : (
            <ContinuesLink documentId={thread.continuesDocumentId} />
          )}
          {thread.continuedBy.map((one) => (
            <ContinuedByLink key={one.documentId} thread={one} />
          ))}
        </Flex>
        {access === null || overrides ? null : (
          <>
            <WhyISee because={access.because} />
            <AskForMore threadDocumentId={thread.documentId} access={access} onAsked={onChanged} />
          </>
        )}
        {thread.state === 'open' ? null : (
          <Notice tone="neutral" title={text(`thread.state.${thread.state}.explained`)} />
        )}
        {earlier === null ? null : (
          <EarlierMessages
            place={earlier}
            earlier={pages.earlier}
            shown={messages.length}
            count={thread.messageCount}
            isAnswerWaiting={isAsked && !messages.some(needsAnswer)}
          />
        )}
        <MessageList
          list={list}
          messages={messages}
          onEdit={canWrite ? state.edit : null}
          choosesLevels={!overrides && access !== null && access.decides !== null}
          onChanged={changed}
        />
        {isReadOnly ? null : (
          <ReplyBox
            contact={thread.contacts[0]}
            inboxDocumentId={thread.inboxDocumentId}
            state={state}
            canAnswer={earlier !== null || newestAnswerable(messages) !== undefined}
            onSent={show}
          />
        )}
      </Flex>
    </Box>
  );
};
