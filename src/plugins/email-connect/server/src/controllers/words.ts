import type { Core } from '@strapi/strapi';
import { z } from 'zod';

const MESSAGE = 'plugin::email-connect.email-message';
const SCOPE = `${MESSAGE}.findOne`;

/**
 * The fields with what mails say, or a part of it. They are private, so that Strapi shows them in no answer and takes
 * them in no question, through whatever relation, also one of a site's own type (S33). A request for a type itself has
 * them opened.
 */
const words: Readonly<Record<string, readonly string[]>> = {
  [MESSAGE]: ['text', 'html'],
  'plugin::email-connect.email-thread': ['preview'],
};
const fields = new Set(Object.values(words).flat());

/** Whether the caller holds the scope for what mails say. */
export const mayReadWords = async (strapi: Core.Strapi, auth: unknown): Promise<boolean> => {
  try {
    await strapi.get('auth').verify(auth, { scope: SCOPE });
    return true;
  } catch {
    return false;
  }
};

/** The fields of this type that are opened. What a mail says is read one mail at a time, whoever asks (S47). */
export const openedFields = (
  uid: string,
  caller: { readsWords: boolean; asksForOne: boolean }
): readonly string[] =>
  !caller.readsWords || (uid === MESSAGE && !caller.asksForOne) ? [] : (words[uid] ?? []);

/** The content type with these fields opened. */
export const withOpened = <Model extends { attributes: object }>(
  model: Model,
  opened: readonly string[]
): Model => ({
  ...model,
  attributes: Object.fromEntries(
    Object.entries(model.attributes).map(([name, attribute]) => [
      name,
      opened.includes(name) ? { ...attribute, private: false } : attribute,
    ])
  ),
});

const refusal = z.object({ details: z.object({ key: z.string() }) });

/** Strapi's refusal of a question; where it asked for what mails say, with the way to read it. */
export const explained = (error: unknown): unknown => {
  const { data } = refusal.safeParse(error);
  if (error instanceof Error && data && fields.has(data.details.key))
    error.message += `. What a mail says is read with GET /messages/:documentId and the permission ${SCOPE}, which also opens the preview of conversations.`;
  return error;
};
