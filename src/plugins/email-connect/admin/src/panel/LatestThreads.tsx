import { useCallback, type ReactNode } from 'react';
import { Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import type { Client } from '../api/client';
import { loadThreads } from '../api/threads';
import { ThreadRow } from '../components/threads/ThreadRow';
import { WhenLoaded } from '../components/kit/WhenLoaded';
import { useLoad } from '../hooks/use-load';
import { useNews } from '../hooks/use-news';
import { useText } from '../hooks/use-text';
import { recordPath } from '../plugin-id';

const shownThreads = 5;

interface LatestThreadsProps extends ContactRef {
  /** Stands above the list; `reload` shows what the action changed. */
  renderAction: (reload: () => void) => ReactNode;
}

export const LatestThreads = ({ contactType, documentId, renderAction }: LatestThreadsProps) => {
  const text = useText();
  const threads = useLoad(
    useCallback(
      (client: Client) => loadThreads(client, { contactType, documentId }, { start: 0, limit: shownThreads }),
      [contactType, documentId]
    )
  );
  useNews({ about: 'contact', contact: { contactType, documentId } }, threads.refresh);
  return (
    <>
      {renderAction(threads.reload)}
      <WhenLoaded loaded={threads}>
        {({ threads: list, total }) =>
          list.length === 0 ? (
            <Typography textColor="neutral600">{text('panel.empty')}</Typography>
          ) : (
            <>
              <ul aria-label={text('threads.title')}>
                {list.map((thread) => (
                  <ThreadRow key={thread.documentId} thread={thread} isCompact />
                ))}
              </ul>
              <Link tag={NavLink} to={recordPath(contactType, documentId)}>
                {text('panel.all', { count: total })}
              </Link>
            </>
          )
        }
      </WhenLoaded>
    </>
  );
};
