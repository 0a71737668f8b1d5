import type { Core } from '@strapi/strapi';
import { contentTypes } from './content-types';
import { plainPicker } from './controllers/plain-picker';
import type { RelationHandlers } from './controllers/plain-picker';
import { plainOrder } from './controllers/plain-order';
import type { ListHandlers } from './controllers/plain-order';
import { CHOSEN_INBOX } from './content-types/attributes';
import { checkLoggingRule } from './document-middlewares/check-logging-rule';
import { checkVersion } from './document-middlewares/check-version';
import { indexContact } from './document-middlewares/index-contact';
import { recordLoggingRule } from './document-middlewares/record-logging-rule';
import { settleMail } from './document-middlewares/settle-mail';
import { internalTables } from './internal-tables';
import { serviceOf } from './services';

/** Before the database is opened: tables and hooks. */
export const register = ({ strapi }: { strapi: Core.Strapi }): void => {
  for (const table of internalTables) strapi.get('models').add(table);
  // Strapi's own migrations run without a lock between processes, and do not detect a database of a later version.
  strapi.hook('strapi::content-types.beforeSync').register(() => serviceOf(strapi, 'engine').prepare());
  strapi.documents.use(checkVersion(strapi));
  strapi.documents.use(settleMail(strapi));
  strapi.documents.use(indexContact(strapi));
  strapi.documents.use(checkLoggingRule(strapi));
  strapi.documents.use(recordLoggingRule(strapi));
  strapi.customFields.register(CHOSEN_INBOX);
  closeContentManager(strapi);
  hideFromGraphql(strapi);
};

/** What `closed-fields` leaves open there: Strapi does not clean every form of a question, nor every answer. */
const closeContentManager = (strapi: Core.Strapi): void => {
  strapi
    .get('controllers')
    .extend('plugin::content-manager.relations', (handlers: RelationHandlers) =>
      plainPicker(strapi, handlers)
    )
    .extend('plugin::content-manager.collection-types', (handlers: ListHandlers) =>
      plainOrder(strapi, handlers)
    );
};

/** With the GraphQL plugin every content type is in its schema by default; mail must not be. */
const hideFromGraphql = (strapi: Core.Strapi): void => {
  if (!strapi.plugin('graphql')) return;
  const extension = strapi.plugin('graphql').service('extension');
  for (const name of Object.keys(contentTypes))
    extension.shadowCRUD(`plugin::email-connect.${name}`).disable();
};
