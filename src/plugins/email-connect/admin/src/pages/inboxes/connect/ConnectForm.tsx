import { useCallback, useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useNavigate } from 'react-router-dom';
import type { ConnectInboxRequest, ProviderPresetAnswer } from '../../../../../shared/contracts/inbox';
import type { Settings } from '../../../../../shared/contracts/settings';
import { connectInbox } from '../../../api/inboxes';
import { Notice } from '../../../components/kit/Notice';
import { ProblemNotice } from '../../../components/kit/ProblemNotice';
import { Section } from '../../../components/kit/Section';
import { InboxLevelChoice } from '../../../components/levels/LevelChoice';
import { useSubmit } from '../../../hooks/use-submit';
import { useText } from '../../../hooks/use-text';
import { pagePath } from '../../../plugin-id';
import { HowItWorks } from '../HowItWorks';
import { applyFound, choosePreset } from '../form/fill-in';
import { customProvider, emptyDraft, toInboxForm } from '../form/inbox-draft';
import { ServerSettings } from '../form/ServerSettings';
import { TestPanel } from '../form/TestPanel';
import { useTestedDraft } from '../form/use-tested-draft';
import { AccountSection } from './AccountSection';
import { ConsentSection } from './ConsentSection';
import { usePreset } from './use-preset';

const useConnect = () => {
  const text = useText();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  return useSubmit(
    (client, request: ConnectInboxRequest) => connectInbox(client, request),
    (inbox) => {
      toggleNotification({ type: 'success', message: text('connect.done', { address: inbox.address }) });
      navigate(pagePath(`inboxes/${inbox.documentId}`));
    }
  );
};

/** Account, consent and test; "Connect" is enabled when the test has passed and consent was given. */
export const ConnectForm = ({ settings }: { settings: Settings }) => {
  const text = useText();
  const tested = useTestedDraft(emptyDraft, null);
  const { draft, setDraft, faults } = tested;
  const [level, setLevel] = useState(settings.levelOfNewInboxes);
  const [isConsentGiven, setIsConsentGiven] = useState(false);
  const [areServersOpen, setAreServersOpen] = useState<boolean | null>(null);
  const connect = useConnect();

  const fillIn = useCallback(
    (address: string, preset: ProviderPresetAnswer | null) =>
      setDraft((before) => applyFound(before, address, preset)),
    [setDraft]
  );
  const { presets, isUnknown } = usePreset(draft.address, fillIn);

  const hasServerFault = faults.some((fault) => fault.includes('.') || fault === 'smtpPassword');
  const isCustom = draft.provider === customProvider;
  const canConnect = tested.hasPassed && isConsentGiven && settings.keyPresent;
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      {settings.keyPresent ? null : (
        <Notice tone="danger" title={text('connect.no-key')}>
          <Typography>{text('connect.no-key.next-step')}</Typography>
        </Notice>
      )}
      <AccountSection
        draft={draft}
        onChange={setDraft}
        faults={faults}
        presets={presets}
        onChoosePreset={(preset) => setDraft(choosePreset(draft, preset))}
      />
      <Section
        title={text('connect.servers')}
        subtitle={text(isUnknown || isCustom ? 'connect.servers.custom' : 'connect.servers.known')}
      >
        <ServerSettings
          draft={draft}
          onChange={setDraft}
          faults={faults}
          emptySmtpPassword={tested.emptyPasswords.smtpPassword}
          isOpen={hasServerFault || (areServersOpen ?? isCustom)}
          onToggle={() => setAreServersOpen(!(areServersOpen ?? isCustom))}
        />
      </Section>
      <Section title={text('connect.test')} subtitle={text('connect.test.subtitle')}>
        <TestPanel
          progress={tested.progress}
          isCurrent={tested.isCurrent}
          onRun={tested.runTest}
          onTrust={tested.trust}
        />
      </Section>
      <Section title={text('levels.title')} subtitle={text('levels.connect')}>
        <InboxLevelChoice label={text('levels.title')} value={level} onChange={setLevel} />
      </Section>
      <ConsentSection settings={settings} isGiven={isConsentGiven} onChange={setIsConsentGiven} />
      {connect.problem === null ? null : <ProblemNotice problem={connect.problem} />}
      <Flex gap={4}>
        <Button
          size="L"
          disabled={!canConnect}
          loading={connect.isSubmitting}
          onClick={() =>
            connect.submit({
              ...toInboxForm(draft),
              level,
              consentTextVersion: settings.consentTextVersion,
            })
          }
        >
          {text('connect.connect')}
        </Button>
        {canConnect ? null : <Typography textColor="neutral600">{text('connect.waits')}</Typography>}
      </Flex>
      <Section title={text('help.title')}>
        <HowItWorks settings={settings} />
      </Section>
    </Flex>
  );
};
