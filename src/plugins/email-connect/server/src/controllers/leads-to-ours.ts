import type { Core, UID } from '@strapi/strapi';

interface Attribute {
  type: string;
  target?: string;
  component?: string;
  components?: readonly string[];
}
interface Model {
  uid: string;
  pluginOptions?: object;
  attributes: Record<string, Attribute>;
  config?: { attributes?: Record<string, { hidden?: boolean }> };
}
export type ModelOf = (uid: string) => Model | undefined;

export const modelsOf =
  (strapi: Pick<Core.Strapi, 'getModel'>): ModelOf =>
  (uid) =>
    strapi.getModel(uid as UID.Schema);

/** Whether from a record of this type relations lead, over however many others, to one that only our screens show. */
export const leadsToOurs = (modelOf: ModelOf, from: string): boolean => {
  const seen = new Set([from]);
  for (const uid of seen) {
    const model = modelOf(uid);
    if (model && hasScreensOfOurs(model)) return true;
    for (const { target, component, components = [] } of Object.values(model?.attributes ?? {}))
      for (const next of [target, component, ...components]) if (next !== undefined) seen.add(next);
  }
  return false;
};

/** Whether only our own screens show records of this type. */
export const hasScreensOfOurs = ({ uid, pluginOptions = {} }: Model): boolean =>
  uid.startsWith('plugin::email-connect.') && 'content-manager' in pluginOptions;

/** Whether the Content Manager leaves this field of the type out. */
export const isClosed = (model: Model | undefined, field: string): boolean =>
  model?.config?.attributes?.[field]?.hidden === true;
