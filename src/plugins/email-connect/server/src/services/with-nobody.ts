import type { Core } from '@strapi/strapi';
import type { Explanation } from '../../../shared/contracts/explanation';
import type { Explained } from '../use-cases/unlogged';
import { access } from './access';
import { contactOffers } from './contact-offers';

/**
 * The explanation of a mail, with what this user can do if nobody would see it. A conversation that exists needs
 * anybody; one that the mail begins needs somebody whom the user may see, for a contact that they choose can be put on
 * it too.
 */
export const withNobody = async (
  strapi: Core.Strapi,
  { audience, ...explained }: Explained,
  userAbility: unknown
): Promise<Explanation> => {
  if (!audience) return { ...explained, nobody: null };
  const { contacts, begins, people } = audience;
  for (const contact of contacts) {
    if (!begins || (await access({ strapi }).mayRead(userAbility, contact)))
      return { ...explained, nobody: null };
  }
  return { ...explained, nobody: { people, contactTypes: contactOffers(strapi, userAbility) } };
};
