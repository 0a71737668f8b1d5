import type { Writer } from '../base/transaction';
import { tables } from '../base/names';
import { previewOf } from './message-rows';

/** So much of a text is asked for: quotes above an answer may take much of it. */
const CHARACTERS = 4_096;

interface Beginning {
  id: number;
  beginning: string | null;
}

/** How these messages begin, by row id: the database hands out the start of each text, and no text whole. */
export const loadPreviews = async (
  { table }: Pick<Writer, 'table'>,
  ids: readonly number[]
): Promise<Map<number, string>> => {
  const messages = table(tables.message);
  const rows: Beginning[] = await messages
    .whereIn('id', [...ids])
    .select('id', messages.client.raw('substr(??, 1, ?) as beginning', ['text', CHARACTERS]));
  return new Map(rows.map(({ id, beginning }) => [id, previewOf(beginning ?? '')]));
};
