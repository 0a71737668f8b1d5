import { useCallback } from 'react';
import { Flex, LinkButton } from '@strapi/design-system';
import { Search } from '@strapi/icons';
import { useRBAC } from '@strapi/strapi/admin';
import { NavLink, useParams } from 'react-router-dom';
import type { InboxWithFolders, SeenInboxPage } from '../../../../../shared/contracts/inbox';
import type { Client } from '../../../api/client';
import { loadInbox } from '../../../api/inboxes';
import { PageFrame } from '../../../components/kit/PageFrame';
import { WhenLoaded } from '../../../components/kit/WhenLoaded';
import { useEvery } from '../../../hooks/use-every';
import { useLoad } from '../../../hooks/use-load';
import { useNews } from '../../../hooks/use-news';
import { useText } from '../../../hooks/use-text';
import { permissions } from '../../../permissions';
import { pagePath, searchPath } from '../../../plugin-id';
import { EditSection } from './EditSection';
import { FoldersSection } from './FoldersSection';
import { HelpSection } from './HelpSection';
import { HistorySection } from './history/HistorySection';
import { InboxActions } from './InboxActions';
import { OwnershipSection } from './ownership/OwnershipSection';
import { TeamAddress } from './ownership/TeamAddress';
import { LevelSection } from './LevelSection';
import { PolicySection } from './policy/PolicySection';
import { SendingSection } from './SendingSection';
import { SetAsideSection } from './set-aside/SetAsideSection';
import { StateSection } from './StateSection';
import { SuggestionsSection } from './SuggestionsSection';

interface SectionsProps {
  inbox: InboxWithFolders;
  onChanged: () => void;
}

const UnloggedSections = ({ inbox, onChanged }: SectionsProps) => (
  <>
    {inbox.state === 'disconnected' ? null : (
      <>
        <SetAsideSection inboxDocumentId={inbox.documentId} onChanged={onChanged} />
        <SuggestionsSection inboxDocumentId={inbox.documentId} onChanged={onChanged} />
      </>
    )}
    <PolicySection inbox={inbox} onChanged={onChanged} />
    <HistorySection inboxDocumentId={inbox.documentId} />
  </>
);

/** Sections for the inbox's owner and for users who manage all inboxes only: what they show is nobody else's. */
const OwnersSections = ({ inbox, canChange, onChanged }: SectionsProps & { canChange: boolean }) => (
  <>
    <FoldersSection inbox={inbox} canChange={canChange} onChanged={onChanged} />
    {canChange ? <UnloggedSections inbox={inbox} onChanged={onChanged} /> : null}
    {canChange ? <OwnershipSection inbox={inbox} onChanged={onChanged} /> : null}
    {canChange ? <EditSection inbox={inbox} onChanged={onChanged} /> : null}
    <HelpSection inbox={inbox} />
  </>
);

interface InboxContentProps {
  inbox: SeenInboxPage;
  canChange: boolean;
  onChanged: () => void;
}

const InboxContent = ({ inbox, canChange, onChanged }: InboxContentProps) => (
  <Flex direction="column" alignItems="stretch" gap={6}>
    {inbox.seenAs === 'owner' && inbox.teamAddress === 'unconfirmed' ? (
      <TeamAddress inbox={inbox} onChanged={onChanged} />
    ) : null}
    <StateSection inbox={inbox} />
    <SendingSection inbox={inbox} />
    <LevelSection inbox={inbox} canChange={canChange} onChanged={onChanged} />
    {inbox.seenAs === 'owner' ? (
      <OwnersSections inbox={inbox} canChange={canChange} onChanged={onChanged} />
    ) : null}
  </Flex>
);

/** A check that finds nothing makes no news, but changes the time of the next check. */
const reloadMs = 60_000;

/** One inbox: its state; for its owner also its folders, its settings, and the actions on it. */
export const InboxPage = () => {
  const text = useText();
  const { documentId = '' } = useParams();
  const inbox = useLoad(useCallback((client: Client) => loadInbox(client, documentId), [documentId]));
  const { allowedActions } = useRBAC(permissions.connectInboxes);
  useNews({ about: 'inbox', inboxDocumentId: documentId }, inbox.refresh);
  useEvery(reloadMs, inbox.refresh);
  const { value } = inbox;
  const theirs = value?.seenAs === 'owner' ? value : null;
  const canChange = allowedActions.canConnect === true && theirs !== null;
  return (
    <PageFrame
      title={value === null ? text('inbox.title') : value.label || value.address}
      subtitle={
        value === null || value.label === '' || value.label === value.address ? undefined : value.address
      }
      back={{ to: pagePath(''), label: text('inboxes.title') }}
      secondaryAction={
        value !== null && canChange && value.state !== 'disconnected' ? (
          <LinkButton
            tag={NavLink}
            to={searchPath(value.documentId)}
            variant="tertiary"
            startIcon={<Search />}
          >
            {text('search.title')}
          </LinkButton>
        ) : undefined
      }
      primaryAction={
        theirs !== null && canChange ? <InboxActions inbox={theirs} onChanged={inbox.reload} /> : undefined
      }
    >
      <WhenLoaded loaded={inbox}>
        {(loaded) => (
          <InboxContent
            key={loaded.documentId}
            inbox={loaded}
            canChange={canChange}
            onChanged={inbox.reload}
          />
        )}
      </WhenLoaded>
    </PageFrame>
  );
};
