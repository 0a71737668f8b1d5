import { useCallback } from 'react';
import { Box, Flex } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
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
import { ContactLinks } from './ContactLinks';
import { ContinuesLink } from './ContinuesLink';
import { MessageList } from './MessageList';
import { ReplyBox } from './ReplyBox';
import { ThreadMenu } from './ThreadMenu';

interface ThreadContentProps {
  thread: Thread;
  onChanged: () => void;
}

const ThreadContent = ({ thread, onChanged }: ThreadContentProps) => {
  const text = useText();
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
        <MessageList messages={thread.messages} onRemoved={onChanged} />
        {thread.state === 'unlogged' ? null : <ReplyBox thread={thread} onSent={onChanged} />}
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
