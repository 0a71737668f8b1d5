import { useCallback, useState } from 'react';
import { Box, EmptyStateLayout } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import type { Client } from '../../api/client';
import { loadThreads } from '../../api/threads';
import { ThreadRow } from '../../components/threads/ThreadRow';
import { Pager, pageSize } from '../../components/kit/Pager';
import { WhenLoaded } from '../../components/kit/WhenLoaded';
import { useLoad } from '../../hooks/use-load';
import { useNews } from '../../hooks/use-news';
import { useText } from '../../hooks/use-text';

/** Every conversation with a contact, the latest first. */
export const ThreadsTab = ({ contactType, documentId }: ContactRef) => {
  const text = useText();
  const [start, setStart] = useState(0);
  const threads = useLoad(
    useCallback(
      (client: Client) => loadThreads(client, { contactType, documentId }, { start, limit: pageSize }),
      [contactType, documentId, start]
    )
  );
  useNews({ about: 'contact', contact: { contactType, documentId } }, threads.refresh);
  return (
    <WhenLoaded loaded={threads}>
      {({ threads: list, total }) =>
        list.length === 0 ? (
          <EmptyStateLayout icon={<EmptyDocuments width="16rem" />} content={text('threads.empty')} />
        ) : (
          <Box background="neutral0" hasRadius shadow="tableShadow" padding={6}>
            <ul aria-label={text('threads.title')}>
              {list.map((thread) => (
                <ThreadRow key={thread.documentId} thread={thread} />
              ))}
            </ul>
            <Pager start={start} total={total} onStart={setStart} />
          </Box>
        )
      }
    </WhenLoaded>
  );
};
