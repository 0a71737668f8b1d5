import { useCallback, useRef, useState } from 'react';
import { Box } from '@strapi/design-system';
import { useParams } from 'react-router-dom';
import { loadThreadAccess } from '../../api/access';
import type { Client } from '../../api/client';
import { loadThread } from '../../api/threads';
import { PageFrame } from '../../components/kit/PageFrame';
import { WhenLoaded } from '../../components/kit/WhenLoaded';
import { subjectWords } from '../../components/threads/subject-words';
import { useLoad } from '../../hooks/use-load';
import { useNews } from '../../hooks/use-news';
import { OverrideContext, useOverrides } from '../../hooks/use-overrides';
import { useText } from '../../hooks/use-text';
import { pagePath, recordPath } from '../../plugin-id';
import { Override } from './Override';
import { ThreadContent } from './ThreadContent';
import { ThreadMenu } from './ThreadMenu';
import { useKeptPlace } from './use-kept-place';
import { useMessages } from './use-messages';

interface ConversationProps {
  documentId: string;
  onOverride: () => void;
}

const Conversation = ({ documentId, onOverride }: ConversationProps) => {
  const text = useText();
  const list = useRef<HTMLDivElement>(null);
  const overrides = useOverrides();
  const thread = useLoad(
    useCallback((client: Client) => loadThread(client, documentId, overrides), [documentId, overrides])
  );
  const access = useLoad(useCallback((client: Client) => loadThreadAccess(client, documentId), [documentId]));
  const pages = useMessages(documentId, useKeptPlace(list));
  const reloadThread = thread.reload;
  const reloadAccess = access.reload;
  const reloadMessages = pages.reload;
  const reload = useCallback(() => {
    reloadThread();
    reloadAccess();
    reloadMessages();
  }, [reloadThread, reloadAccess, reloadMessages]);
  const refreshThread = thread.refresh;
  const refreshAccess = access.refresh;
  const refresh = useCallback(() => {
    refreshThread();
    refreshAccess();
    reloadMessages();
  }, [refreshThread, refreshAccess, reloadMessages]);
  useNews({ about: 'thread', threadDocumentId: documentId }, refresh);
  const { value, problem } = thread;
  // Nothing of it is shown, or part of it is not.
  const isHidden =
    access.value === null ? problem?.kind === 'told' && problem.code === 'NOT_FOUND' : !access.value.tellsAll;
  const contact = value?.contacts[0];
  return (
    <PageFrame
      title={value === null ? text('thread.title') : subjectWords(value.subject, text)}
      subtitle={value === null ? undefined : text('thread.messages', { count: value.messageCount })}
      primaryAction={
        value === null || overrides ? undefined : (
          <ThreadMenu thread={value} access={access.value} onChanged={reload} />
        )
      }
      back={
        contact === undefined
          ? { to: pagePath(''), label: text('inboxes.title') }
          : { to: recordPath(contact.contactType, contact.documentId), label: text('thread.back') }
      }
    >
      {overrides || isHidden ? (
        <Box paddingBottom={4}>
          <Override onOverride={onOverride} />
        </Box>
      ) : null}
      <WhenLoaded loaded={thread}>
        {(shown) => (
          <WhenLoaded loaded={pages}>
            {(loaded) => (
              <ThreadContent
                thread={shown}
                access={access.value}
                loaded={loaded}
                list={list}
                pages={pages}
                onChanged={reload}
              />
            )}
          </WhenLoaded>
        )}
      </WhenLoaded>
    </PageFrame>
  );
};

/** What is opened beyond what owners show is so until the page is left. */
const OverridableConversation = ({ documentId }: { documentId: string }) => {
  const [overrides, setOverrides] = useState(false);
  return (
    <OverrideContext.Provider value={overrides}>
      <Conversation documentId={documentId} onOverride={() => setOverrides(true)} />
    </OverrideContext.Provider>
  );
};

/** S24: one conversation, in order, with a reply in place. */
export const ThreadPage = () => {
  const { documentId = '' } = useParams();
  return <OverridableConversation key={documentId} documentId={documentId} />;
};
