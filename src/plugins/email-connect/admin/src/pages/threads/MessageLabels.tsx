import { Flex } from '@strapi/design-system';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { Label } from '../../components/kit/Label';
import { DeliveryBadge } from '../../components/threads/DeliveryBadge';
import { useText } from '../../hooks/use-text';

const formMarks = ['signed', 'encrypted', 'calendar', 'tnef'] as const;

/** Delivery, whether it was read, where it was found, and the marks of its form. */
export const MessageLabels = ({ message }: { message: MessageSummary }) => {
  const text = useText();
  const { deliveryStatus, marks, isJunk, readAt } = message;
  return (
    <Flex gap={2} wrap="wrap">
      {isJunk ? <Label tone="warning">{text('message.junk')}</Label> : null}
      {formMarks
        .filter((mark) => marks.includes(mark))
        .map((mark) => (
          <Label key={mark}>{text(`message.mark.${mark}`)}</Label>
        ))}
      {deliveryStatus === null || readAt !== null ? null : <DeliveryBadge status={deliveryStatus} />}
      {readAt === null ? null : <Label tone="success">{text('message.read')}</Label>}
    </Flex>
  );
};
