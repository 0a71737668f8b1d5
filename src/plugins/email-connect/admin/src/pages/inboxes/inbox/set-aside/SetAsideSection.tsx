import { useCallback } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { CheckCircle } from '@strapi/icons';
import type { MessageLocation } from '../../../../../../shared/contracts/location';
import type { Client } from '../../../../api/client';
import { loadQuarantine, retryQuarantine } from '../../../../api/unlogged';
import { locationKey } from '../../../../components/unlogged/location-key';
import { Section } from '../../../../components/kit/Section';
import { useNotifiedSubmit } from '../../../../components/kit/use-notified-submit';
import { WhenLoaded } from '../../../../components/kit/WhenLoaded';
import { useLoad } from '../../../../hooks/use-load';
import { useNews } from '../../../../hooks/use-news';
import { useText } from '../../../../hooks/use-text';
import { SetAsideRow } from './SetAsideRow';

const NothingMissing = () => {
  const text = useText();
  return (
    <Flex gap={2} color="success600">
      <CheckCircle aria-hidden />
      <Typography textColor="neutral800">{text('set-aside.empty')}</Typography>
    </Flex>
  );
};

interface SetAsideSectionProps {
  inboxDocumentId: string;
  onChanged: () => void;
}

/** The quarantine: messages that could not be read or are held back, so that none is missing unnoticed. */
export const SetAsideSection = ({ inboxDocumentId, onChanged }: SetAsideSectionProps) => {
  const text = useText();
  const quarantine = useLoad(
    useCallback((client: Client) => loadQuarantine(client, inboxDocumentId), [inboxDocumentId])
  );
  useNews({ about: 'inbox', inboxDocumentId }, quarantine.refresh);
  const reload = (): void => {
    quarantine.reload();
    onChanged();
  };
  const retry = useNotifiedSubmit({
    send: (client, location: MessageLocation | null) => retryQuarantine(client, inboxDocumentId, location),
    doneWords: () => text('set-aside.retried'),
    onDone: reload,
  });
  const hasUnreadable = quarantine.value?.messages.some(({ kind }) => kind === 'unreadable') === true;
  return (
    <Section
      title={text('set-aside.title')}
      subtitle={text('set-aside.subtitle')}
      action={
        hasUnreadable ? (
          <Button variant="secondary" loading={retry.isSubmitting} onClick={() => retry.submit(null)}>
            {text('set-aside.retry-all')}
          </Button>
        ) : undefined
      }
    >
      <WhenLoaded loaded={quarantine}>
        {({ messages, total }) =>
          messages.length === 0 ? (
            <NothingMissing />
          ) : (
            <>
              <ul aria-label={text('set-aside.title')}>
                {messages.map((message) => (
                  <SetAsideRow
                    key={locationKey(message.location)}
                    inboxDocumentId={inboxDocumentId}
                    message={message}
                    isRetrying={retry.isSubmitting}
                    onRetry={retry.submit}
                    onLogged={reload}
                  />
                ))}
              </ul>
              {total > messages.length ? (
                <Typography textColor="neutral600">
                  {text('set-aside.newest', { shown: messages.length, count: total })}
                </Typography>
              ) : null}
            </>
          )
        }
      </WhenLoaded>
    </Section>
  );
};
