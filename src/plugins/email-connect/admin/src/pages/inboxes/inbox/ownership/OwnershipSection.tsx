import { useCallback } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { InboxWithFolders } from '../../../../../../shared/contracts/inbox';
import type { Client } from '../../../../api/client';
import { loadOwnership } from '../../../../api/ownership';
import { Notice } from '../../../../components/kit/Notice';
import { Section } from '../../../../components/kit/Section';
import { WhenLoaded } from '../../../../components/kit/WhenLoaded';
import { useLoad } from '../../../../hooks/use-load';
import { useText } from '../../../../hooks/use-text';
import { HandOver } from './HandOver';
import { NamedList } from './NamedList';
import { TeamAddress } from './TeamAddress';

interface OwnershipSectionProps {
  inbox: InboxWithFolders;
  onChanged: () => void;
}

/** w70: whose the inbox is, who uses it besides, and to whom it is handed over. */
export const OwnershipSection = ({ inbox, onChanged }: OwnershipSectionProps) => {
  const text = useText();
  const { documentId } = inbox;
  const loaded = useLoad(useCallback((client: Client) => loadOwnership(client, documentId), [documentId]));
  return (
    <Section title={text('ownership.title')} subtitle={text('ownership.subtitle')}>
      <WhenLoaded loaded={loaded}>
        {({ owner, named, choices }) => (
          <Flex direction="column" alignItems="stretch" gap={6}>
            {owner?.isActive === true ? (
              <Typography textColor="neutral800">
                {text('ownership.owner', { name: owner.name })}
                {inbox.ownedByYou ? ` ${text('ownership.owner.you')}` : ''}
              </Typography>
            ) : (
              <Notice
                tone="warning"
                title={
                  owner === null ? text('ownership.gone') : text('ownership.blocked', { name: owner.name })
                }
              >
                <Typography textColor="neutral800">{text('ownership.gone.next-step')}</Typography>
              </Notice>
            )}
            <NamedList
              inboxDocumentId={documentId}
              named={named}
              choices={choices}
              onChanged={loaded.reload}
            />
            {inbox.teamAddress === 'confirmed' ? <TeamAddress inbox={inbox} onChanged={onChanged} /> : null}
            <HandOver
              inbox={inbox}
              choices={choices.filter(({ mayOwn }) => mayOwn)}
              onDone={() => {
                loaded.reload();
                onChanged();
              }}
            />
          </Flex>
        )}
      </WhenLoaded>
    </Section>
  );
};
