import { useCallback } from 'react';
import { Flex, Link } from '@strapi/design-system';
import { User } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import type { Client } from '../../api/client';
import { loadContact } from '../../api/contacts';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { contentManagerPath } from '../../plugin-id';

const ContactLink = ({ contactType, documentId }: ContactRef) => {
  const text = useText();
  const { value } = useLoad(
    useCallback(
      (client: Client) => loadContact(client, { contactType, documentId }),
      [contactType, documentId]
    )
  );
  return (
    <Link tag={NavLink} to={contentManagerPath(contactType, documentId)} startIcon={<User />}>
      {value?.name || text('thread.contact')}
    </Link>
  );
};

/** The records that a conversation belongs to. */
export const ContactLinks = ({ contacts }: { contacts: ContactRef[] }) => (
  <Flex gap={6} wrap="wrap">
    {contacts.map((contact) => (
      <ContactLink key={`${contact.contactType}/${contact.documentId}`} {...contact} />
    ))}
  </Flex>
);
