import { z } from 'zod';

const entry = z.looseObject({ documentId: z.string() });
export type Entry = z.infer<typeof entry>;

const listAnswer = z.object({
  data: z.array(entry),
  meta: z.object({ pagination: z.looseObject({ total: z.number() }) }),
});
const oneAnswer = z.object({ data: entry });

/** The content API as a program with this token sees it; no token: as anybody does. */
export interface ContentApi {
  /** `path` below `/api/email-connect`. */
  call(path: string, method?: string, body?: unknown): Promise<Response>;
  status(path: string, method?: string, body?: unknown): Promise<number>;
  /** Fail for anything but 200 in Strapi's own shape. */
  list(path: string): Promise<z.infer<typeof listAnswer>>;
  one(path: string): Promise<Entry>;
}

export const contentApi = (url: string, token = ''): ContentApi => {
  const call: ContentApi['call'] = (path, method = 'GET', body = undefined) =>
    fetch(`${url}/api/email-connect${path}`, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const read = async <T>(schema: z.ZodType<T>, path: string): Promise<T> => {
    const response = await call(path);
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${text}`);
    return schema.parse(JSON.parse(text));
  };
  return {
    call,
    status: async (path, method, body) => (await call(path, method, body)).status,
    list: (path) => read(listAnswer, path),
    one: async (path) => (await read(oneAnswer, path)).data,
  };
};

/** The entries that `populate` put in place of a relation. */
export const entriesOf = (value: unknown): Entry[] => z.array(entry).parse(value);
