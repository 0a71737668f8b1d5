import { Flex, Typography } from '@strapi/design-system';
import type { Glimpse } from '../../../../shared/contracts/location';
import { useText } from '../../hooks/use-text';
import { FullTime } from '../time/FullTime';

/** Author, subject and time of a message that is not logged, as read from the mailbox at this moment. */
export const GlimpseLines = ({ glimpse }: { glimpse: Glimpse }) => {
  const text = useText();
  const from = glimpse.from.map(({ displayName, address }) => displayName || address).join(', ');
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
      <Typography fontWeight="semiBold" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
        {glimpse.subject || text('thread.no-subject')}
      </Typography>
      <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
        {from} · <FullTime at={glimpse.sentAt ?? glimpse.receivedAt} />
      </Typography>
    </Flex>
  );
};
