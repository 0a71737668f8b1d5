import { Flex, Status, Typography, type StatusVariant } from '@strapi/design-system';
import type { InboxAnswer } from '../../../../../shared/contracts/inbox';
import { Notice } from '../../../components/kit/Notice';
import { RelativeTime } from '../../../components/time/RelativeTime';
import { Section } from '../../../components/kit/Section';
import { useNow } from '../../../hooks/use-now';
import { useText } from '../../../hooks/use-text';
import { sendingHealth, sendingLines, stuckSince, type SendingHealth } from '../sending-summary';
import { OutgoingList } from './OutgoingList';

const variants: Record<SendingHealth, StatusVariant> = {
  idle: 'success',
  waits: 'secondary',
  'needs-you': 'danger',
  stuck: 'warning',
};

const SendingStatus = ({ health }: { health: SendingHealth }) => {
  const text = useText();
  return (
    <Status variant={variants[health]} size="S">
      <Typography tag="span" variant="omega" fontWeight="bold">
        {text(`sending.health.${health}`)}
      </Typography>
    </Status>
  );
};

/** Reading may go well meanwhile: it does not wait for sending. */
const Stuck = ({ since }: { since: string | null }) => {
  const text = useText();
  if (since === null) return null;
  return (
    <Notice tone="warning" title={text('sending.stuck')}>
      <Typography textColor="neutral800">
        {text('sending.stuck.since')} <RelativeTime at={since} />. {text('sending.stuck.next-step')}
      </Typography>
    </Notice>
  );
};

interface SendingSectionProps {
  inbox: InboxAnswer;
  /** The inbox is this user's, or they manage all: they see each mail, others only the number. */
  isTheirs: boolean;
}

/** S4, S51: mail on its way out, separate from the state of reading. */
export const SendingSection = ({ inbox, isTheirs }: SendingSectionProps) => {
  const text = useText();
  const { sending } = inbox;
  const now = useNow();
  const lines = sendingLines(sending);
  return (
    <Section title={text('sending.title')} action={<SendingStatus health={sendingHealth(sending, now)} />}>
      <Stuck since={stuckSince(sending, now)} />
      {lines.length === 0 ? (
        <Typography textColor="neutral600">{text('sending.nothing')}</Typography>
      ) : (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
          {lines.map(({ state, count }) => (
            <li key={state}>
              <Typography textColor="neutral800">{text(`sending.${state}`, { count })}</Typography>
              {state === 'queued' && sending.lastFailure !== '' ? (
                <Typography tag="p" variant="pi" textColor="neutral600">
                  {sending.lastFailure}
                </Typography>
              ) : null}
            </li>
          ))}
        </Flex>
      )}
      {isTheirs ? <OutgoingList inboxDocumentId={inbox.documentId} /> : null}
    </Section>
  );
};
