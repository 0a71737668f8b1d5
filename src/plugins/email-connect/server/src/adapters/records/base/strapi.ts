import type { Core } from '@strapi/strapi';

export type Strapi = Core.Strapi;
