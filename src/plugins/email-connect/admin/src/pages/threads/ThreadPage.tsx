import { useCallback, useState } from 'react';
import { Box, Flex } from '@strapi/design-system';
import { useNavigate, useParams } from 'react-router-dom';
import type { Message, SendMessageAnswer } from '../../../../shared/contracts/message';
import type { Thread } from '../../../../shared/contracts/thread';
import type { Client } from '../../api/client';
import { loadThread } from '../../api/threads';
import { Notice } from '../../components/Notice';
import { PageFrame } from '../../components/PageFrame';
import { WhenLoaded } from '../../components/WhenLoaded';
import { useLoad } from '../../hooks/use-load';
import { useNews } from '../../hooks/use-news';
import { useText } from '../../hooks/use-text';
import { pagePath, recordPath } from '../../plugin-id';
import { answeredAgain } from './answerable';
import { ContactLinks } from './ContactLinks';
import { ContinuesLink } from './ContinuesLink';
import { MessageList } from './MessageList';
import { ReplyBox } from './ReplyBox';
import { ThreadMenu } from './ThreadMenu';
import type { Writing } from './writing';

interface ThreadContentProps {
  thread: Thread;
  onChanged: () => void;
}

const ThreadContent = ({ thread, onChanged }: ThreadContentProps) => {
  const text = useText();
  const navigate = useNavigate();
  const [writing, setWriting] = useState<Writing | null>(null);
  const canWrite = writing === null && thread.state !== 'unlogged' && thread.contacts.length > 0;
  const edit = (failed: Message): void =>
    setWriting({ kind: 'again', failed, answered: answeredAgain(thread.messages, failed) });
  // What begins a conversation anew stands in another one.
  const show = ({ threadDocumentId }: SendMessageAnswer): void =>
    threadDocumentId === thread.documentId ? onChanged() : navigate(pagePath(`threads/${threadDocumentId}`));
  return (
    <Box maxWidth="960px">
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex gap={6} wrap="wrap">
          <ContactLinks contacts={thread.contacts} />
          {thread.continuesDocumentId === null ? null : (
            <ContinuesLink documentId={thread.continuesDocumentId} />
          )}
        </Flex>
        {thread.state === 'open' ? null : (
          <Notice tone="neutral" title={text(`thread.state.${thread.state}.explained`)} />
        )}
        <MessageList thread={thread} onEdit={canWrite ? edit : null} onChanged={onChanged} />
        {thread.state === 'unlogged' ? null : (
          <ReplyBox thread={thread} writing={writing} onWrite={setWriting} onSent={show} />
        )}
      </Flex>
    </Box>
  );
};

/** S24: one conversation, in order, with a reply in place. */
export const ThreadPage = () => {
  const text = useText();
  const { documentId = '' } = useParams();
  const thread = useLoad(useCallback((client: Client) => loadThread(client, documentId), [documentId]));
  useNews({ about: 'thread', threadDocumentId: documentId }, thread.reload);
  const { value } = thread;
  const contact = value?.contacts[0];
  return (
    <PageFrame
      title={value === null ? text('thread.title') : value.subject || text('thread.no-subject')}
      subtitle={value === null ? undefined : text('thread.messages', { count: value.messages.length })}
      primaryAction={value === null ? undefined : <ThreadMenu thread={value} onChanged={thread.reload} />}
      back={
        contact === undefined
          ? { to: pagePath(''), label: text('inboxes.title') }
          : { to: recordPath(contact.contactType, contact.documentId), label: text('thread.back') }
      }
    >
      <WhenLoaded loaded={thread}>
        {(loaded) => <ThreadContent key={loaded.documentId} thread={loaded} onChanged={thread.reload} />}
      </WhenLoaded>
    </PageFrame>
  );
};
