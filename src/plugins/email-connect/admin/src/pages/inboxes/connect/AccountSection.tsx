import { Field, Flex, Grid, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import type { ProviderPresetAnswer } from '../../../../../shared/contracts/inbox';
import { TextField } from '../../../components/kit/TextField';
import { Notice } from '../../../components/kit/Notice';
import { Section } from '../../../components/kit/Section';
import { useText } from '../../../hooks/use-text';
import { changeAddress } from '../form/fill-in';
import { customProvider, type DraftField, type InboxDraft } from '../form/inbox-draft';
import { PasswordField } from '../form/PasswordField';

interface ProviderFieldProps {
  presets: ProviderPresetAnswer[];
  value: string;
  onChoose: (preset: ProviderPresetAnswer | null) => void;
}

const ProviderField = ({ presets, value, onChoose }: ProviderFieldProps) => {
  const text = useText();
  return (
    <Field.Root width="100%">
      <Field.Label>{text('form.provider')}</Field.Label>
      <SingleSelect
        value={value}
        onChange={(key) => onChoose(presets.find((known) => known.key === key) ?? null)}
      >
        {presets
          .filter(({ key }) => key !== customProvider)
          .map(({ key, name }) => (
            <SingleSelectOption key={key} value={key}>
              {name}
            </SingleSelectOption>
          ))}
        <SingleSelectOption value={customProvider}>{text('form.provider.custom')}</SingleSelectOption>
      </SingleSelect>
    </Field.Root>
  );
};

const Advice = ({ preset }: { preset: ProviderPresetAnswer }) => {
  const text = useText();
  if (!preset.acceptsPassword) {
    return (
      <Notice tone="warning" title={text('connect.no-password', { provider: preset.name })}>
        <Typography>{preset.advice}</Typography>
      </Notice>
    );
  }
  return preset.advice === '' ? null : <Notice tone="neutral" title={preset.advice} />;
};

interface AccountSectionProps {
  draft: InboxDraft;
  onChange: (draft: InboxDraft) => void;
  faults: DraftField[];
  presets: ProviderPresetAnswer[];
  onChoosePreset: (preset: ProviderPresetAnswer | null) => void;
}

/** The account: address, provider, password and sender name. */
export const AccountSection = ({ draft, onChange, faults, presets, onChoosePreset }: AccountSectionProps) => {
  const text = useText();
  const preset = presets.find(({ key }) => key === draft.provider);
  return (
    <Section title={text('connect.account')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Grid.Root gap={4}>
          <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
            <TextField
              label={text('form.address')}
              type="email"
              value={draft.address}
              onChange={(address) => onChange(changeAddress(draft, address))}
              placeholder="you@example.com"
              error={faults.includes('address') ? text('form.fault.address') : undefined}
              autoComplete="off"
              required
            />
          </Grid.Item>
          <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
            <ProviderField presets={presets} value={draft.provider} onChoose={onChoosePreset} />
          </Grid.Item>
          <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
            <PasswordField
              label={text('form.password')}
              value={draft.imapPassword}
              onChange={(imapPassword) => onChange({ ...draft, imapPassword })}
              whenEmpty="none"
              isFault={faults.includes('imapPassword')}
            />
          </Grid.Item>
          <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
            <TextField
              label={text('form.sender-name')}
              value={draft.senderName}
              onChange={(senderName) => onChange({ ...draft, senderName })}
              hint={text('form.sender-name.hint')}
            />
          </Grid.Item>
          <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
            <TextField
              label={text('form.label')}
              value={draft.label}
              onChange={(label) => onChange({ ...draft, label })}
              hint={text('form.label.hint')}
            />
          </Grid.Item>
        </Grid.Root>
        {preset === undefined ? null : <Advice preset={preset} />}
      </Flex>
    </Section>
  );
};
