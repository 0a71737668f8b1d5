import { Flex, Status, Typography, type StatusVariant } from '@strapi/design-system';
import type { SeenInbox } from '../../../../../shared/contracts/inbox';
import { Notice } from '../../../components/kit/Notice';
import { RelativeTime } from '../../../components/time/RelativeTime';
import { Section } from '../../../components/kit/Section';
import { useNow } from '../../../hooks/use-now';
import { useText } from '../../../hooks/use-text';
import {
  sendingHealth,
  sendingLines,
  stuckSince,
  type SendingHealth,
  type SendingState,
} from '../sending-summary';
import { OutgoingList } from './OutgoingList';

const variants: Record<SendingHealth, StatusVariant> = {
  idle: 'success',
  waits: 'secondary',
  'needs-you': 'danger',
  stuck: 'warning',
};

const SendingStatus = ({ health, isTheirs }: { health: SendingHealth; isTheirs: boolean }) => {
  const text = useText();
  return (
    <Status variant={variants[health]} size="S">
      <Typography tag="span" variant="omega" fontWeight="bold">
        {text(
          health === 'needs-you' && !isTheirs ? 'sending.health.needs-owner' : `sending.health.${health}`
        )}
      </Typography>
    </Status>
  );
};

/** Reading may go well meanwhile: it does not wait for sending. */
const Stuck = ({ since, isTheirs }: { since: string | null; isTheirs: boolean }) => {
  const text = useText();
  if (since === null) return null;
  return (
    <Notice tone="warning" title={text('sending.stuck')}>
      <Typography textColor="neutral800">
        {text('sending.stuck.since')} <RelativeTime at={since} />.{' '}
        {text(isTheirs ? 'sending.stuck.next-step' : 'sending.stuck.colleague')}
      </Typography>
    </Notice>
  );
};

/** Only its owner can say what becomes of a mail. */
const lineText = (state: SendingState, isTheirs: boolean) =>
  !isTheirs && (state === 'asked' || state === 'held') ? 'sending.others' : (`sending.${state}` as const);

/** S4, S51: mail on its way out, separate from the state of reading. A colleague sees only how many. */
export const SendingSection = ({ inbox }: { inbox: SeenInbox }) => {
  const text = useText();
  const { sending } = inbox;
  const isTheirs = inbox.seenAs === 'owner';
  const lastFailure = inbox.seenAs === 'owner' ? inbox.sending.lastFailure : '';
  const now = useNow();
  const lines = sendingLines(sending);
  return (
    <Section
      title={text('sending.title')}
      action={<SendingStatus health={sendingHealth(sending, now)} isTheirs={isTheirs} />}
    >
      <Stuck since={stuckSince(sending, now)} isTheirs={isTheirs} />
      {lines.length === 0 ? (
        <Typography textColor="neutral600">{text('sending.nothing')}</Typography>
      ) : (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
          {lines.map(({ state, count }) => (
            <li key={state}>
              <Typography textColor="neutral800">{text(lineText(state, isTheirs), { count })}</Typography>
              {state === 'queued' && lastFailure !== '' ? (
                <Typography tag="p" variant="pi" textColor="neutral600">
                  {lastFailure}
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
