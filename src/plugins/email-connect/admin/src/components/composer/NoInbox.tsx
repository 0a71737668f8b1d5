import { LinkButton, Typography } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';
import { pagePath } from '../../plugin-id';
import { Notice } from '../kit/Notice';

/** S3: a user without an inbox sends nothing; shows the way to connect one. */
export const NoInbox = () => {
  const text = useText();
  const { allowedActions } = useRBAC(permissions.connectInboxes);
  return (
    <Notice
      tone="warning"
      title={text('compose.no-inbox')}
      action={
        allowedActions.canConnect ? (
          <LinkButton tag={NavLink} to={pagePath('inboxes/connect')} size="S">
            {text('compose.no-inbox.connect')}
          </LinkButton>
        ) : undefined
      }
    >
      <Typography textColor="neutral800">
        {text(allowedActions.canConnect ? 'compose.no-inbox.next-step' : 'compose.no-inbox.ask')}
      </Typography>
    </Notice>
  );
};
