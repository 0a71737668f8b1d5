import { Field, Flex, Switch } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import type { Contact } from '../../../../shared/contracts/contact';
import { pauseContact } from '../../api/contacts';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';

interface PauseSwitchProps {
  contact: Contact;
  onChanged: () => void;
}

/** Switches logging with one contact off and on; a user who may not change it sees its state. */
export const PauseSwitch = ({ contact, onChanged }: PauseSwitchProps) => {
  const text = useText();
  const { allowedActions } = useRBAC(permissions.manageThreads);
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, paused: boolean) => pauseContact(client, contact, paused),
    doneWords: (paused) => text(paused ? 'pause.done' : 'pause.undone'),
    onDone: onChanged,
  });
  return (
    <Field.Root hint={text('pause.hint')}>
      <Flex gap={3}>
        <Switch
          aria-label={text('pause')}
          checked={contact.isPaused}
          disabled={isSubmitting || allowedActions.canManage !== true}
          onCheckedChange={submit}
        />
        <Field.Label>{text('pause')}</Field.Label>
      </Flex>
      <Field.Hint />
    </Field.Root>
  );
};
