import { factories } from '@strapi/strapi';
import type { Core } from '@strapi/strapi';
import { access } from './access';
import { attachments } from './attachments';
import { backfills } from './backfills';
import { contacts } from './contacts';
import { engine } from './engine';
import { inboxes } from './inboxes';
import { levels } from './levels';
import { leaving } from './leaving';
import { limits } from './limits';
import { loggingRules } from './logging-rules';
import { messages } from './messages';
import { news } from './news';
import { ownership } from './ownership';
import { settings } from './settings';
import { siteTokens } from './site-tokens';
import { threads } from './threads';
import { unlogged } from './unlogged';
import { upkeep } from './upkeep';

const ours = {
  access,
  attachments,
  backfills,
  contacts,
  engine,
  inboxes,
  levels,
  leaving,
  loggingRules,
  messages,
  news,
  ownership,
  settings,
  'site-tokens': siteTokens,
  threads,
  limits,
  unlogged,
  upkeep,
};

/**
 * Our own services have plural nouns; Strapi's own for the content API have the singular names of the content types.
 */
export const services = {
  ...ours,
  contact: factories.createCoreService('plugin::email-connect.contact'),
  'email-thread': factories.createCoreService('plugin::email-connect.email-thread'),
  'email-message': factories.createCoreService('plugin::email-connect.email-message'),
  attachment: factories.createCoreService('plugin::email-connect.attachment'),
  inbox: factories.createCoreService('plugin::email-connect.inbox'),
};

type OurServices = { [Name in keyof typeof ours]: ReturnType<(typeof ours)[Name]> };

/** One of our services, typed. */
export const serviceOf = <Name extends keyof OurServices>(
  strapi: Core.Strapi,
  name: Name
): OurServices[Name] => strapi.plugin('email-connect').service(name);
