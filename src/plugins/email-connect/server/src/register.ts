import type { Core } from '@strapi/strapi';
import { contentTypes } from './content-types';
import { indexContact } from './document-middlewares/index-contact';
import { internalTables } from './internal-tables';

/** Before the database is opened: tables and hooks. */
export const register = ({ strapi }: { strapi: Core.Strapi }): void => {
  for (const table of internalTables) strapi.get('models').add(table);
  strapi.documents.use(indexContact(strapi));
  hideFromGraphql(strapi);
};

/** With the GraphQL plugin every content type appears in its schema by itself; mail must not. */
const hideFromGraphql = (strapi: Core.Strapi): void => {
  if (!strapi.plugin('graphql')) return;
  const extension = strapi.plugin('graphql').service('extension');
  for (const name of Object.keys(contentTypes))
    extension.shadowCRUD(`plugin::email-connect.${name}`).disable();
};
