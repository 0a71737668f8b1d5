import { useCallback } from 'react';
import { Flex } from '@strapi/design-system';
import type { BackfillAction } from '../../../../../../shared/contracts/backfill';
import { actOnBackfill, beginBackfill, loadBackfill } from '../../../../api/backfills';
import type { Client } from '../../../../api/client';
import { Section } from '../../../../components/kit/Section';
import { useNotifiedSubmit } from '../../../../components/kit/use-notified-submit';
import { WhenLoaded } from '../../../../components/kit/WhenLoaded';
import { useEvery } from '../../../../hooks/use-every';
import { useLoad } from '../../../../hooks/use-load';
import { useText } from '../../../../hooks/use-text';
import { BeginForm } from './BeginForm';
import { Progress } from './Progress';
import { isOver } from './backfill-progress';

const refreshMs = 2_000;

/** S7: mail from before the inbox was connected, if a person asks for it. */
export const HistorySection = ({ inboxDocumentId }: { inboxDocumentId: string }) => {
  const text = useText();
  const loaded = useLoad(
    useCallback((client: Client) => loadBackfill(client, inboxDocumentId), [inboxDocumentId])
  );
  const isRunning = loaded.value?.backfill?.state === 'running';
  useEvery(isRunning ? refreshMs : null, loaded.reload);
  const begin = useNotifiedSubmit({
    send: (client, since: string) => beginBackfill(client, inboxDocumentId, { since }),
    doneWords: () => text('history.begun'),
    onDone: loaded.reload,
  });
  const act = useNotifiedSubmit({
    send: (client, action: BackfillAction) => actOnBackfill(client, inboxDocumentId, action),
    doneWords: (action) => text(`history.${action}.done`),
    onDone: loaded.reload,
  });
  return (
    <Section title={text('history.title')} subtitle={text('history.subtitle')}>
      <WhenLoaded loaded={loaded}>
        {({ backfill }) => (
          <Flex direction="column" alignItems="stretch" gap={5}>
            {backfill === null ? null : (
              <Progress backfill={backfill} isActing={act.isSubmitting} onAct={act.submit} />
            )}
            {isOver(backfill) ? <BeginForm isBeginning={begin.isSubmitting} onBegin={begin.submit} /> : null}
          </Flex>
        )}
      </WhenLoaded>
    </Section>
  );
};
