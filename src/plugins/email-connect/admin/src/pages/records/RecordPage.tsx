import { useCallback } from 'react';
import { Box, Tabs } from '@strapi/design-system';
import { useParams, useSearchParams } from 'react-router-dom';
import type { Client } from '../../api/client';
import { loadContact } from '../../api/contacts';
import { WriteButton } from '../../components/composer/WriteButton';
import { PageFrame } from '../../components/kit/PageFrame';
import { ProblemNotice } from '../../components/kit/ProblemNotice';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { contentManagerPath } from '../../plugin-id';
import { AddressesToConfirm } from './AddressesToConfirm';
import { AttachmentsTab } from './AttachmentsTab';
import { PauseSwitch } from './PauseSwitch';
import { SearchLink } from './SearchLink';
import { ThreadsTab } from './ThreadsTab';

/** All mail of one record: its conversations and its files. */
export const RecordPage = () => {
  const text = useText();
  const { contactType = '', documentId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const contact = useLoad(
    useCallback(
      (client: Client) => loadContact(client, { contactType, documentId }),
      [contactType, documentId]
    )
  );
  const ref = { contactType, documentId };
  const name = contact.value?.name ?? '';
  return (
    <PageFrame
      title={name === '' ? text('record.title') : name}
      subtitle={contact.value?.addresses.join(', ')}
      back={{ to: contentManagerPath(contactType, documentId), label: text('record.back') }}
      secondaryAction={contact.value === null ? undefined : <SearchLink contact={contact.value} />}
      // Sent mail comes back as news, which loads the lists anew.
      primaryAction={<WriteButton contact={ref} onSent={contact.reload} />}
    >
      {contact.problem === null ? null : (
        <Box paddingBottom={4}>
          <ProblemNotice problem={contact.problem} />
        </Box>
      )}
      {contact.value === null ? null : (
        <AddressesToConfirm contact={contact.value} onChanged={contact.reload} />
      )}
      {/* The room for it is kept free, so that nothing below it jumps. */}
      <Box paddingBottom={4} minHeight="7.2rem">
        {contact.value === null ? null : <PauseSwitch contact={contact.value} onChanged={contact.reload} />}
      </Box>
      <Tabs.Root
        variant="simple"
        value={search.get('tab') === 'attachments' ? 'attachments' : 'conversations'}
        onValueChange={(tab) => setSearch({ tab }, { replace: true })}
      >
        <Tabs.List aria-label={text('record.tabs')}>
          <Tabs.Trigger value="conversations">{text('threads.title')}</Tabs.Trigger>
          <Tabs.Trigger value="attachments">{text('attachments.title')}</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="conversations">
          <Box paddingTop={4}>
            <ThreadsTab {...ref} />
          </Box>
        </Tabs.Content>
        <Tabs.Content value="attachments">
          <Box paddingTop={4}>
            <AttachmentsTab {...ref} />
          </Box>
        </Tabs.Content>
      </Tabs.Root>
    </PageFrame>
  );
};
