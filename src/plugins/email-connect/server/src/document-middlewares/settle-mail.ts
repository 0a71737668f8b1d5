import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { PluginConfig } from '../config';
import { toEmailConnectError } from '../domain/errors';
import { serviceOf } from '../services';
import { documentIdIn, writerOf } from './writer';

type Middleware = Parameters<Core.Strapi['documents']['use']>[0];

/**
 * Settles what becomes of a contact's mail when its record is deleted (S45): both happen, or neither. Outside of
 * `indexContact`: then the index has forgotten the record.
 */
export const settleMail =
  (strapi: Core.Strapi): Middleware =>
  async (context, next) => {
    const { contactTypes } = strapi.config.get<PluginConfig>('plugin::email-connect');
    const { action, uid: contactType } = context;
    if (action !== 'delete' || !contactTypes.some(({ uid }) => uid === contactType)) return next();
    const documentId = documentIdIn(context.params);
    const leaving = serviceOf(strapi, 'leaving');
    const foreseen = documentId && leaving.foresee({ contactType, documentId }, writerOf(strapi));
    const leave = foreseen ? await foreseen.catch(refuse) : null;
    if (!leave) return next();
    return strapi.db.transaction(async ({ trx }) => {
      // First of all: all locks in one order, and MySQL and MariaDB show the rows as they are at the first plain read.
      await leaving.hold(leave);
      const deleted = await next();
      await inTurn(trx, () => leaving.take(leave));
      return deleted;
    });
  };

/** The last that was settled within each transaction. */
const settled = new WeakMap<object, Promise<void>>();

/** Deletions in bulk run beside each other within one transaction: what one erases, the next must not find. */
const inTurn = (transaction: object, settle: () => Promise<void>): Promise<void> => {
  const turn = (settled.get(transaction) ?? Promise.resolve()).then(settle);
  settled.set(transaction, turn);
  return turn;
};

/** In the form in which the Content Manager shows it; the record is not deleted. */
const refuse = (error: unknown): never => {
  const { code } = toEmailConnectError(error);
  if (code !== 'NOT_FOUND') throw error;
  throw new errors.ApplicationError(
    'Nothing was deleted: the contact to which its mail was to go is not here any more. Choose another one.',
    { code }
  );
};
