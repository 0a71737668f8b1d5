import type { ReactNode } from 'react';
import { Typography } from '@strapi/design-system';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { Notice } from '../../components/kit/Notice';
import { useText } from '../../hooks/use-text';

const tones = {
  held: 'warning',
  queued: 'neutral',
  failed: 'danger',
  unknown: 'warning',
  asked: 'warning',
  cancelled: 'neutral',
} as const;

const isOut = (
  status: NonNullable<MessageSummary['deliveryStatus']>
): status is 'sent' | 'delayed' | 'bounced' =>
  status === 'sent' || status === 'delayed' || status === 'bounced';

/**
 * S51: the state of a mail that was written here, the reason, and the possible actions. Nothing for a mail that is
 * simply sent.
 */
export const DeliveryNotice = ({ message, children }: { message: MessageSummary; children?: ReactNode }) => {
  const text = useText();
  const { deliveryStatus, failureMessage } = message;
  if (deliveryStatus === null || isOut(deliveryStatus)) {
    const tone = deliveryStatus === 'bounced' ? 'danger' : 'warning';
    return failureMessage === '' ? null : <Notice tone={tone} title={failureMessage} />;
  }
  return (
    <Notice tone={tones[deliveryStatus]} title={text(`message.state.${deliveryStatus}`)} action={children}>
      {failureMessage === '' ? null : (
        <Typography textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
          {failureMessage}
        </Typography>
      )}
    </Notice>
  );
};
