import { useState } from 'react';
import { Button, Flex, Grid, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { EditInboxRequest, InboxWithFolders } from '../../../../../shared/contracts/inbox';
import { editInbox } from '../../../api/inboxes';
import { TextField } from '../../../components/kit/TextField';
import { ProblemNotice } from '../../../components/kit/ProblemNotice';
import { Section } from '../../../components/kit/Section';
import { useSubmit } from '../../../hooks/use-submit';
import { useText } from '../../../hooks/use-text';
import { connectionKey, draftOf, toInboxForm, type InboxDraft } from '../form/inbox-draft';
import { PasswordField } from '../form/PasswordField';
import { ServerSettings } from '../form/ServerSettings';
import { TestPanel } from '../form/TestPanel';
import { useTestedDraft, type TestedDraft } from '../form/use-tested-draft';

interface EditSectionProps {
  inbox: InboxWithFolders;
  onChanged: () => void;
}

const NameFields = ({ tested }: { tested: TestedDraft }) => {
  const text = useText();
  const { draft, setDraft, faults, emptyPasswords } = tested;
  const change = (part: Partial<InboxDraft>): void => setDraft((before) => ({ ...before, ...part }));
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
        <TextField label={text('form.label')} value={draft.label} onChange={(label) => change({ label })} />
      </Grid.Item>
      <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
        <TextField
          label={text('form.sender-name')}
          value={draft.senderName}
          onChange={(senderName) => change({ senderName })}
          hint={text('form.sender-name.hint')}
        />
      </Grid.Item>
      <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
        <PasswordField
          label={text('form.password')}
          value={draft.imapPassword}
          onChange={(imapPassword) => change({ imapPassword })}
          whenEmpty={emptyPasswords.imapPassword}
          isFault={faults.includes('imapPassword')}
        />
      </Grid.Item>
    </Grid.Root>
  );
};

const useSave = ({ inbox, onChanged }: EditSectionProps, onSaved: (draft: InboxDraft) => void) => {
  const text = useText();
  const { toggleNotification } = useNotification();
  return useSubmit(
    (client, request: EditInboxRequest) => editInbox(client, inbox.documentId, request),
    (saved) => {
      toggleNotification({ type: 'success', message: text('edit.saved') });
      onSaved(draftOf(saved));
      onChanged();
    }
  );
};

/** Names, password and servers. A changed connection is saved only after it has passed its test. */
export const EditSection = ({ inbox, onChanged }: EditSectionProps) => {
  const text = useText();
  const stored = draftOf(inbox);
  const isDisconnected = inbox.state === 'disconnected';
  const tested = useTestedDraft(stored, {
    documentId: inbox.documentId,
    draft: isDisconnected ? null : stored,
  });
  const { draft, setDraft, faults } = tested;
  const [areServersOpen, setAreServersOpen] = useState(false);
  const save = useSave({ inbox, onChanged }, setDraft);

  const isConnectionChanged = isDisconnected || connectionKey(draft) !== connectionKey(stored);
  const isChanged =
    isConnectionChanged || draft.label !== stored.label || draft.senderName !== stored.senderName;
  const mustTest = isConnectionChanged && !tested.hasPassed;
  const hasServerFault = faults.some((fault) => fault.includes('.') || fault === 'smtpPassword');
  return (
    <Section
      title={text(isDisconnected ? 'edit.reconnect' : 'edit.title')}
      subtitle={text(isDisconnected ? 'edit.reconnect.subtitle' : 'edit.subtitle')}
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        <NameFields tested={tested} />
        <ServerSettings
          draft={draft}
          onChange={setDraft}
          faults={faults}
          emptySmtpPassword={tested.emptyPasswords.smtpPassword}
          isOpen={areServersOpen || hasServerFault}
          onToggle={() => setAreServersOpen((isOpen) => !isOpen)}
        />
        <TestPanel
          progress={tested.progress}
          isCurrent={tested.isCurrent}
          onRun={tested.runTest}
          onTrust={tested.trust}
        />
        {save.problem === null ? null : <ProblemNotice problem={save.problem} />}
        <Flex gap={4}>
          <Button
            disabled={!isChanged || mustTest}
            loading={save.isSubmitting}
            onClick={() => save.submit(toInboxForm(draft))}
          >
            {text(isDisconnected ? 'edit.reconnect' : 'edit.save')}
          </Button>
          {mustTest ? <Typography textColor="neutral600">{text('edit.waits')}</Typography> : null}
        </Flex>
      </Flex>
    </Section>
  );
};
