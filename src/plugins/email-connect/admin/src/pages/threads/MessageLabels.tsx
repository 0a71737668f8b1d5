import { Badge, Flex } from '@strapi/design-system';
import type { Message } from '../../../../shared/contracts/message';
import { useText } from '../../hooks/use-text';

const statusVariants = {
  queued: 'secondary',
  sent: 'success',
  failed: 'danger',
  unknown: 'warning',
} as const;

/** Delivery status and, for mail that a machine wrote, what it is (P6). */
export const MessageLabels = ({ message }: { message: Message }) => {
  const text = useText();
  const { deliveryStatus, notice } = message;
  if (deliveryStatus === null && notice === null) return null;
  return (
    <Flex gap={2}>
      {notice === null ? null : (
        <Badge size="S" variant="warning">
          {text(`message.notice.${notice}`)}
        </Badge>
      )}
      {deliveryStatus === null ? null : (
        <Badge size="S" variant={statusVariants[deliveryStatus]}>
          {text(`message.delivery.${deliveryStatus}`)}
        </Badge>
      )}
    </Flex>
  );
};
