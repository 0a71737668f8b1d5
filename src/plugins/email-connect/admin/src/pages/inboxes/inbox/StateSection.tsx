import type { ReactNode } from 'react';
import { Flex, Grid, Typography } from '@strapi/design-system';
import type { Inbox } from '../../../../../shared/contracts/inbox';
import { inboxHealth } from '../../../components/inbox-health';
import { InboxStatus } from '../../../components/InboxStatus';
import { Notice, type NoticeTone } from '../../../components/Notice';
import { RelativeTime } from '../../../components/RelativeTime';
import { Section } from '../../../components/Section';
import { useNow } from '../../../hooks/use-now';
import { isTextKey, useText } from '../../../hooks/use-text';

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <Flex direction="column" alignItems="flex-start" gap={1}>
    <Typography variant="sigma" textColor="neutral600">
      {name}
    </Typography>
    <Typography textColor="neutral800">{children}</Typography>
  </Flex>
);

/** The cause and what to do; nothing for an inbox that is well. */
const Attention = ({ inbox }: { inbox: Inbox }) => {
  const text = useText();
  const health = inboxHealth(inbox, useNow());
  if (health === 'ok' || health === 'catching-up') return null;
  const ofCode = `inbox.next-step.${inbox.stateCode}`;
  const tones: Partial<Record<typeof health, NoticeTone>> = {
    'needs-you': 'danger',
    late: 'warning',
    'backing-off': 'warning',
  };
  return (
    <Notice tone={tones[health] ?? 'neutral'} title={inbox.stateReason || text(`inbox.state.${health}`)}>
      <Typography textColor="neutral800">
        {text(isTextKey(ofCode) ? ofCode : `inbox.next-step.${health}`)}
      </Typography>
      {inbox.stateCode === '' ? null : (
        <Typography variant="pi" textColor="neutral600">
          {text('problem.code', { code: inbox.stateCode })}
        </Typography>
      )}
    </Notice>
  );
};

/** P10: the state with its reason, the last and the next check, and what waits in quarantine. */
export const StateSection = ({ inbox }: { inbox: Inbox }) => {
  const text = useText();
  const time = (at: string | null): ReactNode => (at === null ? text('never') : <RelativeTime at={at} />);
  const isChecked = inbox.state !== 'paused' && inbox.state !== 'disconnected';
  return (
    <Section title={text('inbox.state')} action={<InboxStatus inbox={inbox} />}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Attention inbox={inbox} />
        <Grid.Root gap={4}>
          <Grid.Item col={3} s={6} xs={12}>
            <Fact name={text('inbox.last-pass')}>{time(inbox.lastPassAt)}</Fact>
          </Grid.Item>
          <Grid.Item col={3} s={6} xs={12}>
            <Fact name={text('inbox.next-pass')}>
              {isChecked && inbox.nextPassAt !== null ? (
                <RelativeTime at={inbox.nextPassAt} isPlanned />
              ) : (
                text('inbox.next-pass.none')
              )}
            </Fact>
          </Grid.Item>
          <Grid.Item col={3} s={6} xs={12}>
            <Fact name={text('inbox.quarantined')}>
              {text('inbox.quarantined.count', { count: inbox.quarantined })}
            </Fact>
          </Grid.Item>
          <Grid.Item col={3} s={6} xs={12}>
            <Fact name={text('inbox.connected-at')}>{time(inbox.connectedAt)}</Fact>
          </Grid.Item>
        </Grid.Root>
      </Flex>
    </Section>
  );
};
