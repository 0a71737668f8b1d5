import type { Core } from '@strapi/strapi';
import { contentTypes } from './content-types';
import { indexContact } from './document-middlewares/index-contact';
import { internalTables } from './internal-tables';
import { serviceOf } from './services';

/** Before the database is opened: tables and hooks. */
export const register = ({ strapi }: { strapi: Core.Strapi }): void => {
  for (const table of internalTables) strapi.get('models').add(table);
  // Strapi's own migrations run without a lock between processes, and do not detect a database of a later version.
  strapi.hook('strapi::content-types.beforeSync').register(() => serviceOf(strapi, 'engine').prepare());
  strapi.documents.use(indexContact(strapi));
  hideFromGraphql(strapi);
};

/** With the GraphQL plugin every content type is in its schema by default; mail must not be. */
const hideFromGraphql = (strapi: Core.Strapi): void => {
  if (!strapi.plugin('graphql')) return;
  const extension = strapi.plugin('graphql').service('extension');
  for (const name of Object.keys(contentTypes))
    extension.shadowCRUD(`plugin::email-connect.${name}`).disable();
};
