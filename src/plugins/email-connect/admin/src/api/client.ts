import type { FetchClient } from '@strapi/strapi/admin';
import type { z } from 'zod';
import { PLUGIN_ID } from '../plugin-id';

/** The part of Strapi's fetch client that this plugin uses. */
export type Client = Pick<FetchClient, 'get' | 'post' | 'put' | 'del'>;

/** URL of an admin endpoint of this plugin; every segment is escaped. */
export const endpoint = (...segments: string[]): string =>
  `/${[PLUGIN_ID, ...segments].map(encodeURIComponent).join('/')}`;

/** The body of an answer, checked against its contract. Throws a ZodError for any other shape. */
export const read = async <Schema extends z.ZodType>(
  answer: Promise<{ data: unknown }>,
  schema: Schema
): Promise<z.infer<Schema>> => schema.parse((await answer).data);

/** Query parameters, escaped: Strapi's client puts them into the URL as they are. */
export const query = (values: Record<string, string | number>): { params: string } => ({
  params: Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&'),
});

/** Asks to read mail whatever its level: the server puts it on record, or refuses (S42). */
export const override = (overrides: boolean): Record<string, string> =>
  overrides ? { override: 'true' } : {};
