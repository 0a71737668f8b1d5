import { factories } from '@strapi/strapi';
import type { UID } from '@strapi/strapi';
import { toEmailConnectError } from '../domain/errors';
import { withoutBodies } from './without-bodies';
import type { RestQuery } from './without-bodies';

/** Strapi's own controller for one of our content types; its lists leave out bodies of mail. */
export const contentRecords = (uid: UID.ContentType) =>
  factories.createCoreController(uid, ({ strapi }) => ({
    async sanitizeQuery(ctx) {
      const query = (await super.sanitizeQuery(ctx)) as RestQuery;
      try {
        return withoutBodies((one) => strapi.getModel(one as UID.ContentType), uid, query, !ctx.params.id);
      } catch (error) {
        const { message, nextStep } = toEmailConnectError(error);
        return ctx.throw(400, `${message} ${nextStep}`);
      }
    },
  }));
