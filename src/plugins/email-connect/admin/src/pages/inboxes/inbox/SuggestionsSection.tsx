import { useCallback } from 'react';
import { Button, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { SuggestionAnswer } from '../../../../../shared/contracts/suggestion';
import type { Client } from '../../../api/client';
import { acceptSuggestion, dismissSuggestion, loadSuggestions } from '../../../api/unlogged';
import { GlimpseLines } from '../../../components/unlogged/GlimpseLines';
import { locationKey } from '../../../components/unlogged/location-key';
import { Row } from '../../../components/kit/Row';
import { Section } from '../../../components/kit/Section';
import { useNotifiedSubmit } from '../../../components/kit/use-notified-submit';
import { WhenLoaded } from '../../../components/kit/WhenLoaded';
import { useLoad } from '../../../hooks/use-load';
import { useNews } from '../../../hooks/use-news';
import { useText } from '../../../hooks/use-text';
import { pagePath } from '../../../plugin-id';

interface SuggestionRowProps {
  inboxDocumentId: string;
  suggestion: SuggestionAnswer;
  onChanged: () => void;
}

const SuggestionRow = ({ inboxDocumentId, suggestion, onChanged }: SuggestionRowProps) => {
  const text = useText();
  const { location, glimpse, threadDocumentId } = suggestion;
  const accept = useNotifiedSubmit({
    send: (client, _: undefined) => acceptSuggestion(client, inboxDocumentId, location),
    doneWords: () => text('log-now.done'),
    onDone: onChanged,
  });
  const dismiss = useNotifiedSubmit({
    send: (client, _: undefined) => dismissSuggestion(client, inboxDocumentId, location),
    doneWords: () => text('suggestions.dismissed'),
    onDone: onChanged,
  });
  return (
    <Row>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4}>
        <Flex direction="column" alignItems="flex-start" gap={1} minWidth={0}>
          {glimpse === null ? (
            <Typography textColor="neutral600">{text('suggestions.moved')}</Typography>
          ) : (
            <GlimpseLines glimpse={glimpse} />
          )}
          <Link tag={NavLink} to={pagePath(`threads/${threadDocumentId}`)}>
            {text('suggestions.thread')}
          </Link>
        </Flex>
        <Flex gap={2} shrink={0}>
          <Button
            size="S"
            variant="tertiary"
            disabled={accept.isSubmitting}
            loading={dismiss.isSubmitting}
            onClick={() => dismiss.submit(undefined)}
          >
            {text('suggestions.dismiss')}
          </Button>
          {glimpse === null ? null : (
            <Button
              size="S"
              disabled={dismiss.isSubmitting}
              loading={accept.isSubmitting}
              onClick={() => accept.submit(undefined)}
            >
              {text('suggestions.accept')}
            </Button>
          )}
        </Flex>
      </Flex>
    </Row>
  );
};

interface SuggestionsSectionProps {
  inboxDocumentId: string;
  onChanged: () => void;
}

/** Mail that likely, but not certainly, belongs to a conversation: a person decides. */
export const SuggestionsSection = ({ inboxDocumentId, onChanged }: SuggestionsSectionProps) => {
  const text = useText();
  const suggestions = useLoad(
    useCallback((client: Client) => loadSuggestions(client, inboxDocumentId), [inboxDocumentId])
  );
  useNews({ about: 'inbox', inboxDocumentId }, suggestions.refresh);
  const reload = (): void => {
    suggestions.reload();
    onChanged();
  };
  return (
    <Section title={text('suggestions.title')} subtitle={text('suggestions.subtitle')}>
      <WhenLoaded loaded={suggestions}>
        {(list) =>
          list.length === 0 ? (
            <Typography textColor="neutral600">{text('suggestions.empty')}</Typography>
          ) : (
            <ul aria-label={text('suggestions.title')}>
              {list.map((suggestion) => (
                <SuggestionRow
                  key={locationKey(suggestion.location)}
                  inboxDocumentId={inboxDocumentId}
                  suggestion={suggestion}
                  onChanged={reload}
                />
              ))}
            </ul>
          )
        }
      </WhenLoaded>
    </Section>
  );
};
