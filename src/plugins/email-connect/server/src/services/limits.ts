import type { Core } from '@strapi/strapi';
import type { RequestedAction } from '../domain/limits/limit';
import { assertWithinLimit } from '../use-cases/limits';
import { wiringOf } from '../wiring';
import type { Actor } from './actor';

/** How often one admin user may do what costs a mail server or other people something. */
export const limits = ({ strapi }: { strapi: Core.Strapi }) => ({
  /** Counts one more action; RATE_LIMITED when that is over the limit. */
  assertWithin: (action: RequestedAction, { documentId }: Actor): Promise<void> =>
    assertWithinLimit(wiringOf(strapi).ports, action, documentId, documentId),
});
