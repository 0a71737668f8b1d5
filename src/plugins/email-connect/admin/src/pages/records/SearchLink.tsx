import { LinkButton } from '@strapi/design-system';
import { Search } from '@strapi/icons';
import { useRBAC } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import type { Contact } from '../../../../shared/contracts/contact';
import { loadSettings } from '../../api/settings';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { permissions } from '../../permissions';
import { searchPath } from '../../plugin-id';

/** Link to the search of the user's own mailbox for mail with this contact; nothing for a user without an inbox. */
export const SearchLink = ({ contact }: { contact: Contact }) => {
  const text = useText();
  const settings = useLoad(loadSettings);
  const { allowedActions } = useRBAC(permissions.connectInboxes);
  const inbox = settings.value?.yourInbox ?? null;
  const [address] = contact.addresses;
  if (inbox === null || inbox.state === 'disconnected' || address === undefined) return null;
  if (!allowedActions.canConnect) return null;
  return (
    <LinkButton
      tag={NavLink}
      to={searchPath(inbox.documentId, address)}
      variant="tertiary"
      startIcon={<Search />}
    >
      {text('record.search')}
    </LinkButton>
  );
};
