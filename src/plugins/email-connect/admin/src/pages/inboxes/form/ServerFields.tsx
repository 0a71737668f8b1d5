import {
  Field,
  Flex,
  Grid,
  SingleSelect,
  SingleSelectOption,
  TextButton,
  Typography,
} from '@strapi/design-system';
import type { MailServerSettings } from '../../../../../shared/contracts/inbox';
import { useText } from '../../../hooks/use-text';
import { TextField } from '../../../components/kit/TextField';
import { readableFingerprint } from './certificate-fingerprint';
import {
  changeServer,
  pinCertificate,
  type DraftField,
  type InboxDraft,
  type Side,
  type Tls,
} from './inbox-draft';

interface ServerFieldsProps {
  side: Side;
  draft: InboxDraft;
  onChange: (draft: InboxDraft) => void;
  /** The fields to mark as wrong. */
  faults: DraftField[];
}

const tlsModes: Tls[] = ['implicit', 'starttls'];
const isTls = (value: string | number): value is Tls => tlsModes.some((mode) => mode === value);

const TlsField = ({ side, value, onChange }: { side: Side; value: Tls; onChange: (tls: Tls) => void }) => {
  const text = useText();
  return (
    <Field.Root width="100%">
      <Field.Label>{text(`form.${side}.tls`)}</Field.Label>
      <SingleSelect value={value} onChange={(chosen) => (isTls(chosen) ? onChange(chosen) : undefined)}>
        {tlsModes.map((mode) => (
          <SingleSelectOption key={mode} value={mode}>
            {text(`form.tls.${mode}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
};

const PinnedCertificate = ({ fingerprint, onForget }: { fingerprint: string; onForget: () => void }) => {
  const text = useText();
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
        {text('form.pinned', { fingerprint: readableFingerprint(fingerprint) })}
      </Typography>
      <TextButton onClick={onForget}>{text('form.pinned.forget')}</TextButton>
    </Flex>
  );
};

/** Host, encryption and port of one server. */
export const ServerFields = ({ side, draft, onChange, faults }: ServerFieldsProps) => {
  const text = useText();
  const server = draft[side];
  const change = (part: Partial<Omit<MailServerSettings, 'pinnedCertificate'>>): void =>
    onChange(changeServer(draft, side, part));
  const fault = (field: 'host' | 'port'): string | undefined =>
    faults.includes(`${side}.${field}`) ? text(`form.fault.${field}`) : undefined;
  return (
    <Grid.Root
      gap={4}
      tag="fieldset"
      aria-label={text(`form.${side}`)}
      style={{ border: 0, padding: 0, margin: 0 }}
    >
      <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
        <TextField
          label={text(`form.${side}.host`)}
          value={server.host}
          onChange={(host) => change({ host })}
          placeholder={`${side}.example.com`}
          error={fault('host')}
          required
        />
      </Grid.Item>
      <Grid.Item col={4} s={8} xs={12} alignItems="flex-start">
        <TlsField side={side} value={server.tls} onChange={(tls) => change({ tls })} />
      </Grid.Item>
      <Grid.Item col={2} s={4} xs={12} alignItems="flex-start">
        <TextField
          label={text(`form.${side}.port`)}
          type="number"
          value={server.port === 0 ? '' : String(server.port)}
          onChange={(port) => change({ port: Number(port) })}
          error={fault('port')}
          required
        />
      </Grid.Item>
      {server.pinnedCertificate === null ? null : (
        <Grid.Item col={12} alignItems="flex-start">
          <PinnedCertificate
            fingerprint={server.pinnedCertificate}
            onForget={() => onChange(pinCertificate(draft, side, null))}
          />
        </Grid.Item>
      )}
    </Grid.Root>
  );
};
