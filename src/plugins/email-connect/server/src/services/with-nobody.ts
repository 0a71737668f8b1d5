import type { Core } from '@strapi/strapi';
import type { Explanation } from '../../../shared/contracts/explanation';
import type { Explained } from '../use-cases/unlogged';
import { wiringOf } from '../wiring';
import { contactOffers } from './contact-offers';

/**
 * The explanation of a mail, with what this user can do if it would stand on nobody. Within a conversation anybody is
 * enough; mail that begins one needs somebody whom the user may read, for a contact that they choose is put on it too.
 */
export const withNobody = async (
  strapi: Core.Strapi,
  { audience, ...explained }: Explained,
  userAbility: unknown
): Promise<Explanation> => {
  if (!audience) return { ...explained, nobody: null };
  const { standsOn, begins, people } = audience;
  const found = begins ? await wiringOf(strapi).ports.access.readable(userAbility, standsOn) : standsOn;
  if (found.length > 0) return { ...explained, nobody: null };
  return { ...explained, nobody: { people, contactTypes: contactOffers(strapi, userAbility) } };
};
