import { Flex, Typography } from '@strapi/design-system';
import type { NamedAddress } from '../../../../shared/contracts/address';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { FullTime } from '../../components/time/FullTime';
import { useText } from '../../hooks/use-text';
import { nameOf, timeOf } from './message-words';

const listOf = (addresses: NamedAddress[]): string => addresses.map(nameOf).join(', ');

/** When a message was written, to whom, and when it was read. */
export const Participants = ({ message }: { message: MessageSummary }) => {
  const text = useText();
  const lines = (['to', 'cc', 'bcc'] as const).filter((field) => message[field].length > 0);
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      <Typography variant="pi" textColor="neutral600">
        <FullTime at={timeOf(message)} />
      </Typography>
      {lines.map((field) => (
        <Typography key={field} variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
          {text(`message.${field}`, { list: listOf(message[field]) })}
        </Typography>
      ))}
      {message.readAt === null ? null : (
        <Typography variant="pi" textColor="success600">
          {text('message.read-at')} <FullTime at={message.readAt} />
        </Typography>
      )}
    </Flex>
  );
};
