import type { Writer } from '../base/transaction';
import { tables } from '../base/names';
import { previewOf } from './message-rows';

/** How many characters of a text are loaded: quotes above an answer may take many of them. */
const CHARACTERS = 4_096;

interface Beginning {
  id: number;
  beginning: string | null;
}

/** The previews of these messages, by row id: the database returns the start of each text, and no whole text. */
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
