import { useCallback, useState } from 'react';
import { Box, EmptyStateLayout } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import type { Client } from '../../api/client';
import { loadUnassigned } from '../../api/leaving';
import { PageFrame } from '../../components/kit/PageFrame';
import { Pager, pageSize } from '../../components/kit/Pager';
import { WhenLoaded } from '../../components/kit/WhenLoaded';
import { ThreadRow } from '../../components/threads/ThreadRow';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';

/** S45: every conversation with mail that nobody finds on a contact. */
export const UnassignedPage = () => {
  const text = useText();
  const [start, setStart] = useState(0);
  const unassigned = useLoad(
    useCallback((client: Client) => loadUnassigned(client, { start, limit: pageSize }), [start])
  );
  return (
    <PageFrame
      title={text('unassigned.title')}
      subtitle={text('unassigned.subtitle')}
      back={{ to: pagePath(''), label: text('inboxes.title') }}
    >
      <WhenLoaded loaded={unassigned}>
        {({ threads, total }) =>
          total === 0 ? (
            <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('unassigned.empty')} />
          ) : (
            <Box>
              <Box background="neutral0" hasRadius shadow="tableShadow" padding={6}>
                <ul aria-label={text('threads.title')}>
                  {threads.map((thread) => (
                    <ThreadRow key={thread.documentId} thread={thread} />
                  ))}
                </ul>
              </Box>
              <Pager start={start} total={total} onStart={setStart} />
            </Box>
          )
        }
      </WhenLoaded>
    </PageFrame>
  );
};
