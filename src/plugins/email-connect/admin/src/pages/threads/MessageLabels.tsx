import { Badge, Flex } from '@strapi/design-system';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { DeliveryBadge } from '../../components/threads/DeliveryBadge';
import { useText } from '../../hooks/use-text';

/** Delivery, whether it was read, where it was found, and its marks. */
export const MessageLabels = ({ message }: { message: MessageSummary }) => {
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
      {deliveryStatus === null || readAt !== null ? null : <DeliveryBadge status={deliveryStatus} />}
      {readAt === null ? null : (
        <Badge size="S" variant="success">
          {text('message.read')}
        </Badge>
      )}
    </Flex>
  );
};
