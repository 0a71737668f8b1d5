import { Checkbox, Flex, Grid } from '@strapi/design-system';
import { useText } from '../../../hooks/use-text';
import { TextField } from '../../../components/kit/TextField';
import { changeServer, type DraftField, type EmptyPassword, type InboxDraft } from './inbox-draft';
import { PasswordField } from './PasswordField';

interface LoginFieldsProps {
  draft: InboxDraft;
  onChange: (draft: InboxDraft) => void;
  faults: DraftField[];
  /** What an empty password of SMTP stands for. */
  emptySmtpPassword: EmptyPassword;
}

/** SMTP's own user name and password, for the few servers that need them. */
const SmtpLogin = ({ draft, onChange, faults, emptySmtpPassword }: LoginFieldsProps) => {
  const text = useText();
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
        <TextField
          label={text('form.smtp.username')}
          value={draft.smtp.username}
          onChange={(username) => onChange(changeServer(draft, 'smtp', { username }))}
          placeholder={draft.address}
          hint={text('form.username.hint')}
          autoComplete="off"
        />
      </Grid.Item>
      <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
        <PasswordField
          label={text('form.smtp.password')}
          value={draft.smtpPassword}
          onChange={(smtpPassword) => onChange({ ...draft, smtpPassword })}
          whenEmpty={emptySmtpPassword}
          isFault={faults.includes('smtpPassword')}
        />
      </Grid.Item>
    </Grid.Root>
  );
};

/** IMAP's user name, and whether SMTP has a login of its own. */
export const LoginFields = (props: LoginFieldsProps) => {
  const text = useText();
  const { draft, onChange } = props;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Grid.Root gap={4}>
        <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
          <TextField
            label={text('form.imap.username')}
            value={draft.imap.username}
            onChange={(username) => onChange(changeServer(draft, 'imap', { username }))}
            placeholder={draft.address}
            hint={text('form.username.hint')}
            autoComplete="off"
          />
        </Grid.Item>
      </Grid.Root>
      <Checkbox
        checked={draft.hasOwnSmtpLogin}
        onCheckedChange={(checked) => onChange({ ...draft, hasOwnSmtpLogin: checked === true })}
      >
        {text('form.own-smtp-login')}
      </Checkbox>
      {draft.hasOwnSmtpLogin ? <SmtpLogin {...props} /> : null}
    </Flex>
  );
};
