import { z } from 'zod';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { query, read, type Client } from './client';

const record = z.looseObject({ documentId: z.string() });
export type FoundRecord = z.infer<typeof record>;

const page = z.object({ results: z.array(record) });
const created = z.object({ data: record });
const refusal = z.object({
  response: z.object({
    data: z.object({ error: z.object({ name: z.literal('ValidationError'), message: z.string() }) }),
  }),
});

/** How the Content Manager ends a request: as any other page of it, with the user's own rights. */
const collection = (contactType: string): string => `/content-manager/collection-types/${contactType}`;

const MOST_SHOWN = 8;

/** Records of a content type that the user may read, by any of their texts; '' for all, by name. */
export const searchRecords = async (
  client: Client,
  contactType: string,
  nameField: string,
  words: string
): Promise<FoundRecord[]> => {
  const asked: Record<string, string | number> = { page: 1, pageSize: MOST_SHOWN };
  if (words !== '') asked._q = words;
  // A name within a component is nothing that a list can be sorted by.
  if (!nameField.includes('.')) asked.sort = `${nameField}:ASC`;
  return (await read(client.get(collection(contactType), query(asked)), page)).results;
};

/** The Content Manager does not take these values: a field is missing, or must be unique. In its own words. */
export class RecordRefused extends Error {}

/** Makes a record as the Content Manager's own form does. Rejects with RecordRefused. */
export const createRecord = async (
  client: Client,
  contactType: string,
  data: object
): Promise<ContactRef> => {
  try {
    const { documentId } = (await read(client.post(collection(contactType), data), created)).data;
    return { contactType, documentId };
  } catch (error) {
    const refused = refusal.safeParse(error);
    if (!refused.success) throw error;
    throw new RecordRefused(refused.data.response.data.error.message, { cause: error });
  }
};
