import { useRef } from 'react';
import { Box, EmptyStateLayout } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { loadAccessRequests } from '../../api/access';
import { PageFrame } from '../../components/kit/PageFrame';
import { WhenLoaded } from '../../components/kit/WhenLoaded';
import { useLoad } from '../../hooks/use-load';
import { useNews } from '../../hooks/use-news';
import { useText } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';
import { AccessRequestList } from './AccessRequestList';

/** S42: colleagues who ask to see more of a conversation, each waiting for the answer of whoever owns the inbox. */
export const AccessRequestsPage = () => {
  const text = useText();
  const list = useRef<HTMLDivElement>(null);
  const open = useLoad(loadAccessRequests);
  useNews({ about: 'questions' }, open.refresh);
  const answered = (): void => {
    // The pressed button disappears with its question.
    list.current?.focus();
    open.reload();
  };
  return (
    <PageFrame
      title={text('requests.title')}
      subtitle={text('requests.subtitle')}
      back={{ to: pagePath(''), label: text('inboxes.title') }}
    >
      <WhenLoaded loaded={open}>
        {({ requests }) => (
          <Box ref={list} tabIndex={-1} style={{ outlineOffset: '2px' }}>
            {requests.length === 0 ? (
              <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('requests.empty')} />
            ) : (
              <AccessRequestList requests={requests} onAnswered={answered} />
            )}
          </Box>
        )}
      </WhenLoaded>
    </PageFrame>
  );
};
