import type { NamedAddress } from '../../../../../shared/contracts/address';
import type { ContactRef } from '../../../../../shared/contracts/contact-ref';
import type { ContactOffer, Nobody } from '../../../../../shared/contracts/nobody';

export const ways = ['create', 'choose'] as const;
export type Way = (typeof ways)[number];

/** Whose contact a mail becomes, as far as the user has said. */
export interface ContactChoice {
  way: Way;
  /** The content type of the new contact, and of those that are searched. */
  contactType: string;
  /** Of the person who becomes a contact. */
  address: string;
  name: string;
  chosen: ContactRef | null;
}

export interface ContactFieldsProps {
  nobody: Nobody;
  choice: ContactChoice;
  onChange: (choice: ContactChoice) => void;
}

/** The types that a way can use. */
export const typesFor = (way: Way, { contactTypes }: Nobody): ContactOffer[] =>
  contactTypes.filter(({ mayCreate, mayRead }) => (way === 'create' ? mayCreate : mayRead));

/** Create first: the mail itself says who it is. Without people on the mail there is nobody to create. */
export const waysFor = (nobody: Nobody): Way[] =>
  ways.filter((way) => typesFor(way, nobody).length > 0 && (way === 'choose' || nobody.people.length > 0));

const nameOf = ({ displayName, address }: NamedAddress): string => displayName || address;

/** null when the user may neither create nor see a contact. */
export const firstChoice = (nobody: Nobody): ContactChoice | null => {
  const [way] = waysFor(nobody);
  if (way === undefined) return null;
  const [person] = nobody.people;
  return {
    ...inWay(way, nobody),
    address: person?.address ?? '',
    name: person ? nameOf(person) : '',
  };
};

/** The types of one way are not those of the other: the first of its own is taken, one that is filled in here first. */
export const inWay = (way: Way, nobody: Nobody): Pick<ContactChoice, 'way' | 'contactType' | 'chosen'> => {
  const types = typesFor(way, nobody);
  const first = (way === 'create' ? types.find(({ form }) => form !== null) : undefined) ?? types[0];
  return { way, contactType: first?.contactType ?? '', chosen: null };
};

/** Another person of the mail, by their own name. */
export const withPerson = (address: string, { people }: Nobody): Pick<ContactChoice, 'address' | 'name'> => {
  const person = people.find((one) => one.address === address);
  return { address, name: person ? nameOf(person) : address };
};

/** Whether enough was said to log the mail. */
export const isComplete = ({ way, contactType, name, chosen }: ContactChoice, nobody: Nobody): boolean => {
  if (way === 'choose') return chosen !== null;
  const offer = nobody.contactTypes.find((one) => one.contactType === contactType);
  return offer !== undefined && offer.form !== null && (offer.form.name === null || name.trim() !== '');
};
