import { Link } from '@strapi/design-system';
import { ArrowRight } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import type { LinkedThread } from '../../../../shared/contracts/thread';
import { subjectWords } from '../../components/threads/subject-words';
import { useText } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';

/** A conversation that split off from this one, under another subject (w17). */
export const ContinuedByLink = ({ thread }: { thread: LinkedThread['continuedBy'][number] }) => {
  const text = useText();
  return (
    <Link tag={NavLink} to={pagePath(`threads/${thread.documentId}`)} endIcon={<ArrowRight />}>
      {text('thread.continued-by', { subject: subjectWords(thread.subject, text) })}
    </Link>
  );
};
