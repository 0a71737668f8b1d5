import { Flex, Link, Typography } from '@strapi/design-system';
import { ArrowLeft, ArrowRight, Paperclip } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import type { ThreadSummary } from '../../../../shared/contracts/thread';
import { Label } from '../kit/Label';
import { useText } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';
import { RelativeTime } from '../time/RelativeTime';
import { Row } from '../kit/Row';
import { DeliveryBadge } from './DeliveryBadge';
import { subjectWords } from './subject-words';

const DirectionIcon = ({ direction }: { direction: 'incoming' | 'outgoing' }) => {
  const text = useText();
  const isIncoming = direction === 'incoming';
  const Icon = isIncoming ? ArrowLeft : ArrowRight;
  return (
    <Flex
      color={isIncoming ? 'success600' : 'primary600'}
      role="img"
      aria-label={text(`direction.${direction}`)}
    >
      <Icon width="1.2rem" height="1.2rem" />
    </Flex>
  );
};

const Facts = ({ thread }: { thread: ThreadSummary }) => {
  const text = useText();
  return (
    <Flex gap={2} wrap="wrap">
      <Typography variant="pi" textColor="neutral600">
        {text('thread.messages', { count: thread.messageCount })}
      </Typography>
      {thread.attachmentCount === 0 ? null : (
        <Flex gap={1} color="neutral600">
          <Paperclip width="1.2rem" height="1.2rem" aria-hidden />
          <Typography variant="pi" textColor="neutral600">
            {text('thread.files', { count: thread.attachmentCount })}
          </Typography>
        </Flex>
      )}
      {thread.state === 'open' ? null : <Label>{text(`thread.state.${thread.state}`)}</Label>}
    </Flex>
  );
};

interface ThreadRowProps {
  thread: ThreadSummary;
  /** true in the narrow side panel: no counts. */
  isCompact?: boolean;
}

/** A conversation in a list: last author and time, subject, preview. */
export const ThreadRow = ({ thread, isCompact = false }: ThreadRowProps) => {
  const text = useText();
  return (
    <Row>
      <Flex direction="column" alignItems="stretch" gap={1}>
        <Flex justifyContent="space-between" gap={2}>
          <Flex gap={2} minWidth={0}>
            <DirectionIcon direction={thread.lastDirection} />
            <Typography variant="pi" textColor="neutral600" ellipsis>
              {thread.lastFrom}
            </Typography>
          </Flex>
          <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
            <RelativeTime at={thread.lastMessageAt} />
          </Typography>
        </Flex>
        <Link tag={NavLink} to={pagePath(`threads/${thread.documentId}`)}>
          {subjectWords(thread.subject, text)}
        </Link>
        <Typography variant="omega" textColor="neutral600" ellipsis>
          {thread.preview}
        </Typography>
        {thread.sending === null ? null : (
          <Flex>
            <DeliveryBadge status={thread.sending} />
          </Flex>
        )}
        {isCompact ? null : <Facts thread={thread} />}
      </Flex>
    </Row>
  );
};
