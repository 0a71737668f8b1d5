export const builtInContact = 'plugin::email-connect.contact';
export const person = 'api::person.person';

/** A contact type as sites have them: draft and publish, an address in a component, more in a repeatable one. */
export const siteWithPeople = {
  'src/components/mail/address.json': JSON.stringify({
    collectionName: 'components_mail_addresses',
    info: { displayName: 'Address' },
    attributes: { value: { type: 'string' } },
  }),
  'src/api/person/content-types/person/schema.json': JSON.stringify({
    kind: 'collectionType',
    collectionName: 'people',
    info: { singularName: 'person', pluralName: 'people', displayName: 'Person' },
    options: { draftAndPublish: true },
    attributes: {
      fullName: { type: 'string' },
      work: { type: 'component', component: 'mail.address' },
      others: { type: 'component', component: 'mail.address', repeatable: true },
      profile: { type: 'json' },
    },
  }),
};

export const plugins = {
  'email-connect': {
    enabled: true,
    config: {
      teamAddresses: ['Elsewhere@Partner.example'],
      teamDomains: ['Staff.example'],
      // Here everything is written by a program.
      trustAddressesOfPrograms: true,
      contactTypes: [
        { uid: builtInContact, nameField: 'name', addressFields: ['email', 'furtherEmails'] },
        {
          uid: person,
          nameField: 'fullName',
          addressFields: ['work.value', 'others.value', 'profile.mails'],
        },
      ],
    },
  },
};
