import { useCallback, useState } from 'react';
import { Flex } from '@strapi/design-system';
import { useParams, useSearchParams } from 'react-router-dom';
import type { SearchRequest } from '../../../../../shared/contracts/search';
import type { Client } from '../../../api/client';
import { loadInbox } from '../../../api/inboxes';
import { PageFrame } from '../../../components/kit/PageFrame';
import { Section } from '../../../components/kit/Section';
import { useLoad } from '../../../hooks/use-load';
import { useText } from '../../../hooks/use-text';
import { pagePath } from '../../../plugin-id';
import { Results } from './Results';
import { emptySearch, searchRequestOf } from './search-draft';
import { SearchForm } from './SearchForm';

/**
 * P9: "Why is this mail (not) here?": searches the mailbox, explains the messages it finds, and logs one if the user
 * says so.
 */
export const SearchPage = () => {
  const text = useText();
  const { documentId = '' } = useParams();
  const [parameters] = useSearchParams();
  const [initial] = useState({ ...emptySearch, address: parameters.get('address') ?? '' });
  const [request, setRequest] = useState<SearchRequest | null>(() => searchRequestOf(initial));
  const inbox = useLoad(useCallback((client: Client) => loadInbox(client, documentId), [documentId]));
  return (
    <PageFrame
      title={text('search.title')}
      subtitle={text('search.subtitle')}
      back={{
        to: pagePath(`inboxes/${documentId}`),
        label: inbox.value?.label || inbox.value?.address || text('inbox.title'),
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={6}>
        <Section title={text('search.form')} subtitle={text('search.form.subtitle')}>
          <SearchForm initial={initial} onSearch={setRequest} />
        </Section>
        {request === null ? null : <Results inboxDocumentId={documentId} request={request} />}
      </Flex>
    </PageFrame>
  );
};
