import type { Core } from '@strapi/strapi';
import { serviceOf } from './services';

/**
 * Strapi waits for this before it closes the database: connections are cut, leases are released. It ends within
 * seconds, even if a server hangs.
 */
export const destroy = ({ strapi }: { strapi: Core.Strapi }): Promise<void> =>
  serviceOf(strapi, 'engine').stop();
