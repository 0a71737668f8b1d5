import type { ReactNode } from 'react';
import { Flex, Link, Table, Tbody, Td, Tr, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { SeenInbox } from '../../../../shared/contracts/inbox';
import { Label } from '../../components/kit/Label';
import { RelativeTime } from '../../components/time/RelativeTime';
import { TableHead } from '../../components/kit/TableHead';
import { useNow } from '../../hooks/use-now';
import { useText, type TextKey } from '../../hooks/use-text';
import { pagePath } from '../../plugin-id';
import { InboxStatus } from './InboxStatus';
import { stuckSince, undecided } from './sending-summary';

const columns: TextKey[] = ['inboxes.column.inbox', 'inboxes.column.state', 'inboxes.column.last-pass'];

const NameCell = ({ inbox }: { inbox: SeenInbox }) => {
  const text = useText();
  return (
    <Flex direction="column" alignItems="flex-start" gap={1} paddingTop={3} paddingBottom={3}>
      <Flex gap={2}>
        <Link tag={NavLink} to={pagePath(`inboxes/${inbox.documentId}`)}>
          {inbox.label === '' ? inbox.address : inbox.label}
        </Link>
        {inbox.seenAs === 'owner' && inbox.ownedByYou ? <Label>{text('inboxes.yours')}</Label> : null}
        {inbox.seenAs === 'owner' && inbox.teamAddress === 'unconfirmed' ? (
          <Label tone="warning">{text('inboxes.unconfirmed')}</Label>
        ) : null}
        {inbox.seenAs === 'colleague' && inbox.sharedWithYou ? <Label>{text('inboxes.shared')}</Label> : null}
      </Flex>
      {inbox.label === '' || inbox.label === inbox.address ? null : (
        <Typography textColor="neutral600">{inbox.address}</Typography>
      )}
    </Flex>
  );
};

/** Mail that was written here and waits for its owner's decision. */
const Undecided = ({ count }: { count: number }) => {
  const text = useText();
  if (count === 0) return null;
  return <Label tone="warning">{text('inboxes.undecided', { count })}</Label>;
};

/** Mail does not get out, although reading may go well. */
const Stuck = ({ since }: { since: string | null }) => {
  const text = useText();
  if (since === null) return null;
  return <Label tone="warning">{text('sending.stuck')}</Label>;
};

const StateCell = ({ inbox }: { inbox: SeenInbox }) => {
  const now = useNow();
  const reason = inbox.seenAs === 'owner' ? inbox.stateReason : '';
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      <Flex gap={2} wrap="wrap">
        <InboxStatus inbox={inbox} />
        <Undecided count={undecided(inbox.sending)} />
        <Stuck since={stuckSince(inbox.sending, now)} />
      </Flex>
      {reason === '' ? null : (
        <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'normal' }}>
          {reason}
        </Typography>
      )}
    </Flex>
  );
};

const LastPassCell = ({ inbox }: { inbox: SeenInbox }): ReactNode => {
  const text = useText();
  return (
    <Typography textColor="neutral800">
      {inbox.lastPassAt === null ? text('never') : <RelativeTime at={inbox.lastPassAt} />}
    </Typography>
  );
};

/** One row for each inbox: its name, its state (with the reason, for its owner), and its last check. */
export const InboxTable = ({ inboxes }: { inboxes: SeenInbox[] }) => (
  <Table colCount={columns.length} rowCount={inboxes.length + 1}>
    <TableHead columns={columns} />
    <Tbody>
      {inboxes.map((inbox) => (
        <Tr key={inbox.documentId}>
          <Td>
            <NameCell inbox={inbox} />
          </Td>
          <Td>
            <StateCell inbox={inbox} />
          </Td>
          <Td>
            <LastPassCell inbox={inbox} />
          </Td>
        </Tr>
      ))}
    </Tbody>
  </Table>
);
