import type { ReactNode } from 'react';
import { Flex, Grid, Typography } from '@strapi/design-system';
import type { InboxFolderAnswer, SeenInbox, SeenInboxPage } from '../../../../../shared/contracts/inbox';
import { FullTime } from '../../../components/time/FullTime';
import { Notice, type NoticeTone } from '../../../components/kit/Notice';
import { RelativeTime } from '../../../components/time/RelativeTime';
import { Section } from '../../../components/kit/Section';
import { useNow } from '../../../hooks/use-now';
import { isTextKey, useText, type TextKey } from '../../../hooks/use-text';
import { inboxHealth, stateText } from '../inbox-health';
import { InboxStatus } from '../InboxStatus';
import { completenessOf, gapMinutes, type Completeness } from './completeness';

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <Flex direction="column" alignItems="flex-start" gap={1}>
    <Typography variant="sigma" textColor="neutral600">
      {name}
    </Typography>
    <Typography textColor="neutral800">{children}</Typography>
  </Flex>
);

/** The cause and the next step; nothing for an inbox that is well. */
const Attention = ({ inbox }: { inbox: SeenInbox }) => {
  const text = useText();
  const health = inboxHealth(inbox, useNow());
  if (health === 'ok' || health === 'catching-up' || health === 'files-waiting') return null;
  const isTheirs = inbox.seenAs === 'owner';
  const ofCode = `inbox.next-step.${inbox.stateCode}`;
  const ofOwner = isTextKey(ofCode) ? ofCode : (`inbox.next-step.${health}` as const);
  const tones: Partial<Record<typeof health, NoticeTone>> = {
    'needs-you': 'danger',
    late: 'warning',
    'backing-off': 'warning',
  };
  return (
    <Notice
      tone={tones[health] ?? 'neutral'}
      title={(isTheirs && inbox.stateReason) || text(stateText(inbox, health))}
    >
      <Typography textColor="neutral800">{text(isTheirs ? ofOwner : `inbox.colleague.${health}`)}</Typography>
      {inbox.stateCode === '' ? null : (
        <Typography variant="pi" textColor="neutral600">
          {text('problem.code', { code: inbox.stateCode })}
        </Typography>
      )}
    </Notice>
  );
};

/** Folders that could not be opened: the inbox goes on without them. */
const FailingFolders = ({ failing }: { failing: InboxFolderAnswer[] }) => {
  const text = useText();
  if (failing.length === 0) return null;
  return (
    <Notice tone="warning" title={text('inbox.failing', { count: failing.length })}>
      <Typography textColor="neutral800">
        {text('inbox.failing.folders', { folders: failing.map(({ folderPath }) => folderPath).join(', ') })}
      </Typography>
    </Notice>
  );
};

/** S49: files of its mail that could not be stored. */
const WaitingFiles = ({ waiting }: { waiting: SeenInbox['waitingFiles'] }) => {
  const text = useText();
  if (waiting === null) return null;
  return (
    <Notice tone="warning" title={text('inbox.files-waiting', { count: waiting.count })}>
      <Typography textColor="neutral800">
        {text('inbox.files-waiting.next-step')} <RelativeTime at={waiting.nextAt} isPlanned />
      </Typography>
      <Typography variant="pi" textColor="neutral600">
        {text('problem.code', { code: 'STORAGE_FAILED' })}
      </Typography>
    </Notice>
  );
};

/** S7: the last time in which nothing could be read, and how much mail had arrived in it. */
const LastGap = ({ gap }: { gap: SeenInbox['lastGap'] }) => {
  const text = useText();
  if (gap === null) return null;
  return (
    <Notice tone="success" title={text('inbox.gap', { count: gap.recovered })}>
      <Typography textColor="neutral800">
        {text('inbox.gap.lasted', { minutes: gapMinutes(gap) })} <RelativeTime at={gap.to} />
      </Typography>
    </Notice>
  );
};

const Facts = ({ inbox, completeness }: { inbox: SeenInbox; completeness: Completeness | null }) => {
  const text = useText();
  const time = (at: string | null): ReactNode => (at === null ? text('never') : <RelativeTime at={at} />);
  const isChecked = inbox.state !== 'paused' && inbox.state !== 'disconnected';
  const ofFolders: [TextKey, ReactNode][] =
    completeness === null
      ? []
      : [
          [
            'inbox.complete',
            completeness.upTo === null ? text('inbox.complete.not-yet') : <FullTime at={completeness.upTo} />,
          ],
          ['inbox.missing', text('folders.missing', { count: completeness.missing })],
        ];
  const facts: [TextKey, ReactNode][] = [
    ...ofFolders,
    ['inbox.last-pass', time(inbox.lastPassAt)],
    [
      'inbox.next-pass',
      isChecked && inbox.nextPassAt !== null ? (
        <RelativeTime at={inbox.nextPassAt} isPlanned />
      ) : (
        text('inbox.next-pass.none')
      ),
    ],
  ];
  return (
    <Grid.Root gap={4}>
      {facts.map(([name, value]) => (
        <Grid.Item key={name} col={3} s={6} xs={12}>
          <Fact name={text(name)}>{value}</Fact>
        </Grid.Item>
      ))}
    </Grid.Root>
  );
};

/**
 * P10: the state, the last and the next check, and the last gap; for its owner also the reason, and how far it is
 * complete.
 */
export const StateSection = ({ inbox }: { inbox: SeenInboxPage }) => {
  const text = useText();
  const completeness = inbox.seenAs === 'owner' ? completenessOf(inbox.folders) : null;
  return (
    <Section title={text('inbox.state')} action={<InboxStatus inbox={inbox} />}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Attention inbox={inbox} />
        <FailingFolders failing={completeness?.failing ?? []} />
        <WaitingFiles waiting={inbox.waitingFiles} />
        <Facts inbox={inbox} completeness={completeness} />
        <LastGap gap={inbox.lastGap} />
      </Flex>
    </Section>
  );
};
