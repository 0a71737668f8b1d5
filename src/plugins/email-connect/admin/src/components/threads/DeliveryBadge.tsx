import type { Message } from '../../../../shared/contracts/message';
import { Label } from '../kit/Label';
import { useText } from '../../hooks/use-text';

type DeliveryStatus = NonNullable<Message['deliveryStatus']>;

const variants = {
  held: 'warning',
  queued: 'secondary',
  sent: 'success',
  failed: 'danger',
  unknown: 'warning',
  asked: 'warning',
  cancelled: 'neutral',
  delayed: 'warning',
  bounced: 'danger',
} as const satisfies Record<DeliveryStatus, string>;

/** The delivery status of a mail that was written here, in a word. */
export const DeliveryBadge = ({ status }: { status: DeliveryStatus }) => {
  const text = useText();
  return <Label tone={variants[status]}>{text(`message.delivery.${status}`)}</Label>;
};
