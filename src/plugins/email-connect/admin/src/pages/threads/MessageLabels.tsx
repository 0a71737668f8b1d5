import { Badge, Flex } from '@strapi/design-system';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { DeliveryBadge } from '../../components/threads/DeliveryBadge';
import { useText } from '../../hooks/use-text';

const formMarks = ['signed', 'encrypted', 'calendar', 'tnef'] as const;

/** Delivery, whether it was read, where it was found, and the marks of its form. */
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
      {formMarks
        .filter((mark) => marks.includes(mark))
        .map((mark) => (
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
