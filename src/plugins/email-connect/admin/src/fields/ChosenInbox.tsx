import { Field, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import { loadInboxes } from '../api/inboxes';
import { useLoad } from '../hooks/use-load';
import { useText } from '../hooks/use-text';
import { permissions } from '../permissions';
import { inboxOptions } from './inbox-options';

/** What the Content Manager passes to the input of a field. */
interface ChosenInboxProps {
  name: string;
  label: string;
  value?: string | null;
  error?: string;
  disabled?: boolean;
  onChange: (name: string, value: string | null) => void;
}

/** Of the option for all inboxes; no documentId is like it. */
const ALL = 'all';

/** "All inboxes" is an option: the button that would clear the choice cannot be pressed by keyboard. */
const Choice = ({ name, value = null, disabled, onChange }: ChosenInboxProps) => {
  const text = useText();
  const { value: inboxes } = useLoad(loadInboxes);
  return (
    <SingleSelect
      value={inboxes === null ? '' : (value ?? ALL)}
      placeholder={text('chosen-inbox.unread')}
      disabled={disabled === true || inboxes === null}
      onChange={(chosen) => onChange(name, chosen === ALL ? null : String(chosen))}
    >
      <SingleSelectOption value={ALL}>{text('chosen-inbox.none')}</SingleSelectOption>
      {inboxOptions(inboxes ?? [], value).map(({ documentId, words }) => (
        <SingleSelectOption key={documentId} value={documentId}>
          {words ?? text('chosen-inbox.gone')}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
};

/** Who may not see the list of inboxes keeps the one that was chosen. */
const Unseen = ({ value = null }: ChosenInboxProps) => {
  const text = useText();
  return <TextInput value={text(value === null ? 'chosen-inbox.none' : 'chosen-inbox.unseen')} disabled />;
};

/** The inbox that a record is about, chosen from the list. Strapi's types know nothing of what it passes. */
export const ChosenInbox = ({
  name = '',
  label = '',
  onChange = () => undefined,
  ...others
}: Partial<ChosenInboxProps>) => {
  const props = { name, label, onChange, ...others };
  const text = useText();
  const { allowedActions, isLoading } = useRBAC(permissions.readInboxes);
  const mayChoose = allowedActions.canRead === true;
  if (isLoading) return null;
  return (
    <Field.Root
      name={props.name}
      error={props.error}
      hint={text(mayChoose ? 'chosen-inbox.hint' : 'chosen-inbox.unseen.hint')}
      width="100%"
    >
      <Field.Label>{props.label === props.name ? text('chosen-inbox') : props.label}</Field.Label>
      {mayChoose ? <Choice {...props} /> : <Unseen {...props} />}
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
};
