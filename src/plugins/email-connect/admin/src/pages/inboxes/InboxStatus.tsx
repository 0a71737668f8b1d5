import { Status, Typography, type StatusVariant } from '@strapi/design-system';
import { useNow } from '../../hooks/use-now';
import { useText } from '../../hooks/use-text';
import type { SeenInbox } from '../../../../shared/contracts/inbox';
import { inboxHealth, stateText, type InboxHealth } from './inbox-health';

const variants: Record<InboxHealth, StatusVariant> = {
  ok: 'success',
  'catching-up': 'secondary',
  'backing-off': 'warning',
  late: 'warning',
  'files-waiting': 'warning',
  'needs-you': 'danger',
  paused: 'neutral',
  disconnected: 'neutral',
};

/** The state of an inbox as a coloured word. */
export const InboxStatus = ({ inbox }: { inbox: SeenInbox }) => {
  const text = useText();
  const health = inboxHealth(inbox, useNow());
  return (
    <Status variant={variants[health]} size="S">
      <Typography tag="span" variant="omega" fontWeight="bold">
        {text(stateText(inbox, health))}
      </Typography>
    </Status>
  );
};
