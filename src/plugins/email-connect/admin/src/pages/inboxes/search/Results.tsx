import { useCallback } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { SearchRequest } from '../../../../../shared/contracts/search';
import type { Client } from '../../../api/client';
import { searchInbox } from '../../../api/unlogged';
import { Explanation } from '../../../components/unlogged/explanation/Explanation';
import { locationKey } from '../../../components/unlogged/location-key';
import { Notice } from '../../../components/kit/Notice';
import { Section } from '../../../components/kit/Section';
import { WhenLoaded } from '../../../components/kit/WhenLoaded';
import { useLoad } from '../../../hooks/use-load';
import { useText } from '../../../hooks/use-text';
import { FoundRow } from './FoundRow';

/** Nothing was found; for a Message-ID it is shown where it was looked for, in other folders too. */
const NothingFound = ({ inboxDocumentId, request }: ResultsProps) => {
  const text = useText();
  return request.messageId === undefined ? (
    <Typography textColor="neutral600">{text('search.nothing')}</Typography>
  ) : (
    <Explanation inboxDocumentId={inboxDocumentId} request={{ messageId: request.messageId }} />
  );
};

interface ResultsProps {
  inboxDocumentId: string;
  request: SearchRequest;
}

/** The matching messages of the mailbox, read at this moment and kept nowhere. */
export const Results = ({ inboxDocumentId, request }: ResultsProps) => {
  const text = useText();
  const results = useLoad(
    useCallback((client: Client) => searchInbox(client, inboxDocumentId, request), [inboxDocumentId, request])
  );
  return (
    <Section title={text('search.results')} subtitle={text('search.results.subtitle')}>
      <WhenLoaded loaded={results}>
        {({ messages, isCut, unreadable }) => (
          <Flex direction="column" alignItems="stretch" gap={4}>
            {unreadable.length === 0 ? null : (
              <Notice
                tone="warning"
                title={text('explanation.unreadable', { folders: unreadable.join(', ') })}
              />
            )}
            {messages.length === 0 ? (
              <NothingFound inboxDocumentId={inboxDocumentId} request={request} />
            ) : (
              <ul aria-label={text('search.results')}>
                {messages.map((found) => (
                  <FoundRow
                    key={locationKey(found.location)}
                    inboxDocumentId={inboxDocumentId}
                    found={found}
                    onLogged={results.reload}
                  />
                ))}
              </ul>
            )}
            {isCut ? <Typography textColor="neutral600">{text('search.cut')}</Typography> : null}
          </Flex>
        )}
      </WhenLoaded>
    </Section>
  );
};
