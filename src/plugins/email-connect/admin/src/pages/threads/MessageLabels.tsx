import { Badge, Flex } from '@strapi/design-system';
import type { Message } from '../../../../shared/contracts/message';
import { useText } from '../../hooks/use-text';

const statusVariants = {
  held: 'warning',
  queued: 'secondary',
  sent: 'success',
  failed: 'danger',
  unknown: 'warning',
  asked: 'warning',
  cancelled: 'neutral',
  delayed: 'warning',
  bounced: 'danger',
} as const;

/** Delivery, whether it was read, where it was found, and what it carries besides its text. */
export const MessageLabels = ({ message }: { message: Message }) => {
  const text = useText();
  const { deliveryStatus, marks, isJunk, readAt } = message;
  return (
    <Flex gap={2} wrap="wrap">
      {isJunk ? (
        <Badge size="S" variant="warning">
          {text('message.junk')}
        </Badge>
      ) : null}
      {marks.map((mark) => (
        <Badge key={mark} size="S">
          {text(`message.mark.${mark}`)}
        </Badge>
      ))}
      {deliveryStatus === null ? null : (
        <Badge size="S" variant={statusVariants[deliveryStatus]}>
          {text(readAt === null ? `message.delivery.${deliveryStatus}` : 'message.read')}
        </Badge>
      )}
    </Flex>
  );
};
