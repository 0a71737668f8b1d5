import { z } from 'zod';
import { address } from './address';

/** The way into a value of a record; of a list, its first entry is meant. */
export const fieldPath = z.array(z.object({ field: z.string(), isList: z.boolean() })).min(1);
export type FieldPath = z.infer<typeof fieldPath>;

/** What is filled in when a record is made of a person on a mail; `name` is null where the address is the name. */
export const contactForm = z.object({ name: fieldPath.nullable(), address: fieldPath });
export type ContactForm = z.infer<typeof contactForm>;

/** A content type whose records are contacts, as far as the user who asks may use it. */
export const contactOffer = z.object({
  contactType: z.string(),
  displayName: z.string(),
  nameField: z.string(),
  /** Its records may be read, so one of them can be chosen. */
  mayRead: z.boolean(),
  mayCreate: z.boolean(),
  /** null: a record needs more than a name and an address, or the user may not fill in these. */
  form: contactForm.nullable(),
});
export type ContactOffer = z.infer<typeof contactOffer>;

/** A mail that would stand on no contact that the user may read (S45). */
export const nobody = z.object({
  /** The people on it who are not of the team, its author first. */
  people: z.array(address),
  contactTypes: z.array(contactOffer),
});
export type Nobody = z.infer<typeof nobody>;
