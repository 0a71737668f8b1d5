import { useCallback } from 'react';
import { Link } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import type { Client } from '../../api/client';
import { loadThread } from '../../api/threads';
import { subjectWords } from '../../components/threads/subject-words';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';

/** The conversation from which this one split off; nothing for a user who may not see it. */
export const ContinuesLink = ({ documentId }: { documentId: string }) => {
  const text = useText();
  const { value } = useLoad(useCallback((client: Client) => loadThread(client, documentId), [documentId]));
  if (value === null) return null;
  return (
    <Link tag={NavLink} to={pagePath(`threads/${documentId}`)} startIcon={<ArrowLeft />}>
      {text('thread.continues', { subject: subjectWords(value.subject, text) })}
    </Link>
  );
};
