import { Button, Flex, Typography } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import type { InboxAnswer } from '../../../../../../shared/contracts/inbox';
import { judgeAddress } from '../../../../api/ownership';
import { Notice } from '../../../../components/kit/Notice';
import { useNotifiedSubmit } from '../../../../components/kit/use-notified-submit';
import { useText } from '../../../../hooks/use-text';
import { permissions } from '../../../../permissions';

interface TeamAddressProps {
  inbox: InboxAnswer;
  onChanged: () => void;
}

/** w51: whether the inbox's address is one of the team's. Managers say so. */
export const TeamAddress = ({ inbox, onChanged }: TeamAddressProps) => {
  const text = useText();
  const { address, documentId, teamAddress } = inbox;
  const { allowedActions } = useRBAC(permissions.manageInboxes);
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, isTeamAddress: boolean) => judgeAddress(client, documentId, { address, isTeamAddress }),
    doneWords: (isTeamAddress) =>
      text(isTeamAddress ? 'team-address.confirmed' : 'team-address.disowned', { address }),
    onDone: onChanged,
  });
  const mayJudge = allowedActions.canManage === true;
  if (teamAddress === 'settings') return null;
  if (teamAddress === 'confirmed') {
    return mayJudge ? (
      <Flex gap={3} wrap="wrap" justifyContent="space-between">
        <Typography textColor="neutral600">{text('team-address.counts', { address })}</Typography>
        <Button size="S" variant="tertiary" disabled={isSubmitting} onClick={() => submit(false)}>
          {text('team-address.disown')}
        </Button>
      </Flex>
    ) : null;
  }
  return (
    <Notice
      tone="warning"
      title={text('team-address.ask', { address })}
      action={
        mayJudge ? (
          <Button variant="secondary" disabled={isSubmitting} onClick={() => submit(true)}>
            {text('team-address.confirm')}
          </Button>
        ) : undefined
      }
    >
      <Typography textColor="neutral800">
        {text(mayJudge ? 'team-address.ask.explained' : 'team-address.wait')}
      </Typography>
    </Notice>
  );
};
