import { EmptyStateLayout, LinkButton } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { useRBAC } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { loadInboxes } from '../../api/inboxes';
import { PageFrame } from '../../components/kit/PageFrame';
import { WhenLoaded } from '../../components/kit/WhenLoaded';
import { useEvery } from '../../hooks/use-every';
import { useLoad } from '../../hooks/use-load';
import { useNews } from '../../hooks/use-news';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';
import { pagePath } from '../../plugin-id';
import { AccessRequestsNotice } from './AccessRequestsNotice';
import { InboxTable } from './InboxTable';
import { UnassignedNotice } from './UnassignedNotice';
import { UnconfirmedNotice } from './UnconfirmedNotice';

const ConnectLink = () => {
  const text = useText();
  return (
    <LinkButton tag={NavLink} to={pagePath('inboxes/connect')} startIcon={<Plus />}>
      {text('inboxes.connect')}
    </LinkButton>
  );
};

/** A check that finds nothing makes no news, but changes the time of the next check. */
const reloadMs = 60_000;

/** All connected inboxes and their states. */
export const InboxesPage = () => {
  const text = useText();
  const inboxes = useLoad(loadInboxes);
  const { allowedActions } = useRBAC([...permissions.connectInboxes, ...permissions.confirmAddresses]);
  const mayConfirm = allowedActions.canRead === true && allowedActions.canManage === true;
  useNews({ about: 'inboxes' }, inboxes.refresh);
  useEvery(reloadMs, inboxes.refresh);
  const connect = allowedActions.canConnect ? <ConnectLink /> : undefined;
  const isEmpty = inboxes.value?.length === 0;
  return (
    <PageFrame
      title={text('inboxes.title')}
      subtitle={text('inboxes.subtitle')}
      primaryAction={isEmpty ? undefined : connect}
    >
      {allowedActions.canRead === true ? <AccessRequestsNotice /> : null}
      {mayConfirm ? <UnconfirmedNotice /> : null}
      {allowedActions.canRead === true ? <UnassignedNotice /> : null}
      <WhenLoaded loaded={inboxes}>
        {(list) =>
          list.length === 0 ? (
            <EmptyStateLayout
              icon={<EmptyDocuments width="16rem" />}
              content={text('inboxes.empty')}
              action={connect}
            />
          ) : (
            <InboxTable inboxes={list} />
          )
        }
      </WhenLoaded>
    </PageFrame>
  );
};
