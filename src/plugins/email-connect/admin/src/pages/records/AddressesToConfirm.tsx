import { Button, Flex, Typography } from '@strapi/design-system';
import { useRBAC } from '@strapi/strapi/admin';
import type { Contact } from '../../../../shared/contracts/contact';
import { confirmAddress } from '../../api/contacts';
import { Notice } from '../../components/kit/Notice';
import { useNotifiedSubmit } from '../../components/kit/use-notified-submit';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';

interface AddressesToConfirmProps {
  contact: Contact;
  onChanged: () => void;
}

/** S41: addresses whose mail others do not see on this contact yet. */
export const AddressesToConfirm = ({ contact, onChanged }: AddressesToConfirmProps) => {
  const text = useText();
  const { allowedActions } = useRBAC(permissions.manageThreads);
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, address: string) => confirmAddress(client, contact, address),
    doneWords: (address) => text('addresses.confirmed', { address }),
    onDone: onChanged,
  });
  if (contact.toConfirm.length === 0 || allowedActions.canManage !== true) return null;
  return (
    <Flex direction="column" gap={3} paddingBottom={4}>
      {contact.toConfirm.map((address) => (
        <Notice
          key={address}
          tone="warning"
          title={text('addresses.ask', { address })}
          action={
            <Button variant="secondary" disabled={isSubmitting} onClick={() => submit(address)}>
              {text('addresses.confirm')}
            </Button>
          }
        >
          <Typography textColor="neutral700">{text('addresses.ask.explained')}</Typography>
        </Notice>
      ))}
    </Flex>
  );
};
