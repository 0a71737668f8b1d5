import { useCallback, useRef } from 'react';
import { useParams } from 'react-router-dom';
import type { Client } from '../../api/client';
import { loadThread } from '../../api/threads';
import { PageFrame } from '../../components/kit/PageFrame';
import { WhenLoaded } from '../../components/kit/WhenLoaded';
import { useLoad } from '../../hooks/use-load';
import { useNews } from '../../hooks/use-news';
import { useText } from '../../hooks/use-text';
import { pagePath, recordPath } from '../../plugin-id';
import { ThreadContent } from './ThreadContent';
import { ThreadMenu } from './ThreadMenu';
import { useKeptPlace } from './use-kept-place';
import { useMessages } from './use-messages';

const Conversation = ({ documentId }: { documentId: string }) => {
  const text = useText();
  const list = useRef<HTMLDivElement>(null);
  const thread = useLoad(useCallback((client: Client) => loadThread(client, documentId), [documentId]));
  const pages = useMessages(documentId, useKeptPlace(list));
  const reloadThread = thread.reload;
  const reloadMessages = pages.reload;
  const reload = useCallback(() => {
    reloadThread();
    reloadMessages();
  }, [reloadThread, reloadMessages]);
  const refreshThread = thread.refresh;
  const refresh = useCallback(() => {
    refreshThread();
    reloadMessages();
  }, [refreshThread, reloadMessages]);
  useNews({ about: 'thread', threadDocumentId: documentId }, refresh);
  const { value } = thread;
  const contact = value?.contacts[0];
  return (
    <PageFrame
      title={value === null ? text('thread.title') : value.subject || text('thread.no-subject')}
      subtitle={value === null ? undefined : text('thread.messages', { count: value.messageCount })}
      primaryAction={value === null ? undefined : <ThreadMenu thread={value} onChanged={reload} />}
      back={
        contact === undefined
          ? { to: pagePath(''), label: text('inboxes.title') }
          : { to: recordPath(contact.contactType, contact.documentId), label: text('thread.back') }
      }
    >
      <WhenLoaded loaded={thread}>
        {(shown) => (
          <WhenLoaded loaded={pages}>
            {(loaded) => (
              <ThreadContent thread={shown} loaded={loaded} list={list} pages={pages} onChanged={reload} />
            )}
          </WhenLoaded>
        )}
      </WhenLoaded>
    </PageFrame>
  );
};

/** S24: one conversation, in order, with a reply in place. */
export const ThreadPage = () => {
  const { documentId = '' } = useParams();
  return <Conversation key={documentId} documentId={documentId} />;
};
