import type { Core } from '@strapi/strapi';

export type Strapi = Core.Strapi;

/** A query of one table, or of another query, with columns in snake case. */
export type Query = ReturnType<Strapi['db']['getConnection']>;
