import type { Core } from '@strapi/strapi';
import { serviceOf } from './services';

/** Strapi waits for this before it closes the database: passes end their step, leases are released. */
export const destroy = ({ strapi }: { strapi: Core.Strapi }): Promise<void> =>
  serviceOf(strapi, 'engine').stop();
