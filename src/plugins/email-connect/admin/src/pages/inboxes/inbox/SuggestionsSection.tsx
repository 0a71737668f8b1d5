import { useCallback, useRef, useState } from 'react';
import { Button, Flex, Link, Modal, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { useNotification } from '@strapi/strapi/admin';
import type { MessageLocation } from '../../../../../shared/contracts/location';
import type { SuggestionAnswer } from '../../../../../shared/contracts/suggestion';
import type { Client } from '../../../api/client';
import { acceptSuggestion, dismissSuggestion, loadSuggestions } from '../../../api/unlogged';
import { toProblem } from '../../../api/problem';
import { GlimpseLines } from '../../../components/unlogged/GlimpseLines';
import { locationKey } from '../../../components/unlogged/location-key';
import { LogNowModal } from '../../../components/unlogged/log-now/LogNowModal';
import { Row } from '../../../components/kit/Row';
import { Section } from '../../../components/kit/Section';
import { useNotifiedSubmit } from '../../../components/kit/use-notified-submit';
import { useNotifyFailure } from '../../../components/kit/use-notify-failure';
import { WhenLoaded } from '../../../components/kit/WhenLoaded';
import { useLoad } from '../../../hooks/use-load';
import { useNews } from '../../../hooks/use-news';
import { useSubmit } from '../../../hooks/use-submit';
import { useText } from '../../../hooks/use-text';
import { pagePath } from '../../../plugin-id';

interface SuggestionRowProps {
  inboxDocumentId: string;
  suggestion: SuggestionAnswer;
  onChanged: () => void;
}

/** Accepts with one press; only where the message would stand on no contact, one is asked for (S45). */
const useAccept = (inboxDocumentId: string, location: MessageLocation, onAccepted: () => void) => {
  const text = useText();
  const notifyFailure = useNotifyFailure();
  const { toggleNotification } = useNotification();
  const [asksForContact, setAsksForContact] = useState(false);
  const accept = useSubmit(
    async (client, _: undefined) => {
      try {
        await acceptSuggestion(client, inboxDocumentId, { location, contact: null });
        return 'logged';
      } catch (error) {
        const problem = toProblem(error);
        if (problem.kind === 'told' && problem.code === 'CONTACT_MISSING') return 'no-contact';
        notifyFailure(error);
        return 'failed';
      }
    },
    (outcome) => {
      setAsksForContact(outcome === 'no-contact');
      if (outcome !== 'logged') return;
      toggleNotification({ type: 'success', message: text('log-now.done') });
      onAccepted();
    }
  );
  return { accept, asksForContact, close: () => setAsksForContact(false) };
};

const SuggestionRow = ({ inboxDocumentId, suggestion, onChanged }: SuggestionRowProps) => {
  const text = useText();
  const { location, glimpse, threadDocumentId } = suggestion;
  const acceptButton = useRef<HTMLButtonElement>(null);
  const { accept, asksForContact, close } = useAccept(inboxDocumentId, location, onChanged);
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
              ref={acceptButton}
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
      <Modal.Root open={asksForContact} onOpenChange={close}>
        {asksForContact ? (
          <LogNowModal
            inboxDocumentId={inboxDocumentId}
            location={location}
            asSuggested
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              acceptButton.current?.focus();
            }}
            onLogged={onChanged}
            onClose={close}
          />
        ) : null}
      </Modal.Root>
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
