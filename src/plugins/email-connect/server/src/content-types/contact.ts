import { visibleOptions } from './attributes';

/** The built-in contact, for sites that have none of their own. */
export const contact = {
  schema: {
    kind: 'collectionType',
    collectionName: 'email_connect_contacts',
    info: { singularName: 'contact', pluralName: 'contacts', displayName: 'Contact' },
    options: { draftAndPublish: false },
    pluginOptions: visibleOptions,
    attributes: {
      name: { type: 'string', required: true },
      email: { type: 'email' },
      company: { type: 'string' },
      owner: { type: 'string' },
      /** One address a line. */
      furtherEmails: { type: 'text' },
    },
  },
};
