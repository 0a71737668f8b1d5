import { useState } from 'react';
import { Accordion, Box, Button, Flex, Radio, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { InboxWithFolders } from '../../../../../../shared/contracts/inbox';
import { loggingPolicy, type ChoosePolicyRequest } from '../../../../../../shared/contracts/policy';
import { choosePolicy } from '../../../../api/inboxes';
import { ProblemNotice } from '../../../../components/kit/ProblemNotice';
import { Section } from '../../../../components/kit/Section';
import { TextField } from '../../../../components/kit/TextField';
import { useSubmit } from '../../../../hooks/use-submit';
import { useText } from '../../../../hooks/use-text';
import { DryRun } from './DryRun';
import {
  exampleLogAddress,
  hasServerNames,
  isSamePolicy,
  policyChoiceOf,
  policyDraftOf,
  trustChoices,
  type PolicyDraft,
} from './policy-draft';

interface FieldsProps {
  draft: PolicyDraft;
  onChange: (part: Partial<PolicyDraft>) => void;
}

const PolicyChoice = ({ draft, onChange }: FieldsProps) => {
  const text = useText();
  return (
    <Radio.Group
      aria-label={text('policy.title')}
      value={draft.policy}
      onValueChange={(chosen) => {
        const policy = loggingPolicy.safeParse(chosen).data;
        if (policy !== undefined) onChange({ policy });
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        {loggingPolicy.options.map((policy) => (
          <Box key={policy}>
            <Radio.Item value={policy}>{text(`policy.${policy}`)}</Radio.Item>
            <Box paddingLeft={7}>
              <Typography variant="pi" textColor="neutral600">
                {text(`policy.${policy}.hint`)}
              </Typography>
            </Box>
          </Box>
        ))}
      </Flex>
    </Radio.Group>
  );
};

const Trust = ({ draft, onChange }: FieldsProps) => {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography variant="pi" fontWeight="bold" tag="h3">
        {text('policy.trust')}
      </Typography>
      <Radio.Group
        aria-label={text('policy.trust')}
        value={draft.trust}
        onValueChange={(chosen) => {
          const trust = trustChoices.find((choice) => choice === chosen);
          if (trust !== undefined) onChange({ trust });
        }}
      >
        <Flex direction="column" alignItems="stretch" gap={3}>
          {trustChoices.map((choice) => (
            <Box key={choice}>
              <Radio.Item value={choice}>{text(`policy.trust.${choice}`)}</Radio.Item>
              <Box paddingLeft={7}>
                <Typography variant="pi" textColor="neutral600">
                  {text(`policy.trust.${choice}.hint`)}
                </Typography>
              </Box>
            </Box>
          ))}
        </Flex>
      </Radio.Group>
      {draft.trust === 'named' ? (
        <TextField
          label={text('policy.servers')}
          value={draft.servers}
          onChange={(servers) => onChange({ servers })}
          hint={text('policy.servers.hint')}
          error={hasServerNames(draft) ? undefined : text('policy.servers.fault')}
        />
      ) : null}
    </Flex>
  );
};

const Advanced = (fields: FieldsProps) => {
  const text = useText();
  return (
    <Accordion.Root size="S">
      <Accordion.Item value="advanced">
        <Accordion.Header>
          <Accordion.Trigger>{text('policy.advanced')}</Accordion.Trigger>
        </Accordion.Header>
        <Accordion.Content>
          <Box padding={4}>
            <Trust {...fields} />
          </Box>
        </Accordion.Content>
      </Accordion.Item>
    </Accordion.Root>
  );
};

interface PolicySectionProps {
  inbox: InboxWithFolders;
  onChanged: () => void;
}

/** S18, S28: what is logged besides replies, the log address, and whose Authentication-Results are believed. */
export const PolicySection = ({ inbox, onChanged }: PolicySectionProps) => {
  const text = useText();
  const { toggleNotification } = useNotification();
  // null: nothing was changed here, so the server's value is shown.
  const [changed, setChanged] = useState<PolicyDraft | null>(null);
  const stored = policyDraftOf(inbox);
  const draft = changed ?? stored;
  const change = (part: Partial<PolicyDraft>): void => setChanged({ ...draft, ...part });
  const save = useSubmit(
    (client, request: ChoosePolicyRequest) => choosePolicy(client, inbox.documentId, request),
    () => {
      setChanged(null);
      toggleNotification({ type: 'success', message: text('policy.saved') });
      onChanged();
    }
  );
  return (
    <Section
      title={text('policy.title')}
      subtitle={text('policy.subtitle')}
      action={
        <Button
          variant="secondary"
          disabled={isSamePolicy(draft, stored) || !hasServerNames(draft)}
          loading={save.isSubmitting}
          onClick={() => save.submit(policyChoiceOf(draft))}
        >
          {text('policy.save')}
        </Button>
      }
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        {save.problem === null ? null : <ProblemNotice problem={save.problem} />}
        <PolicyChoice draft={draft} onChange={change} />
        <DryRun inboxDocumentId={inbox.documentId} policy={draft.policy} />
        <TextField
          label={text('policy.log-address')}
          type="email"
          value={draft.logAddress}
          onChange={(logAddress) => change({ logAddress })}
          placeholder={exampleLogAddress(inbox.address)}
          hint={text('policy.log-address.hint', { example: exampleLogAddress(inbox.address) })}
        />
        <Advanced draft={draft} onChange={change} />
      </Flex>
    </Section>
  );
};
