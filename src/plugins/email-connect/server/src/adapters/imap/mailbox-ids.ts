import type { ImapFlow } from 'imapflow';
import { isRefusal } from './classify-imap-error';

/** So many folders are asked one by one where LIST-STATUS is not offered. */
const MOST_SINGLE_QUESTIONS = 200;

/**
 * MAILBOXID of each folder (RFC 8474 4.1) by its name as the server lists it; empty where OBJECTID is not offered, or
 * offered and refused. In one round trip with LIST-STATUS (RFC 5819), else one for each of `names`.
 */
export const readMailboxIds = async (
  client: ImapFlow,
  names: readonly string[]
): Promise<ReadonlyMap<string, string>> => {
  const ids = new Map<string, string>();
  if (!client.capabilities.has('OBJECTID') || !takesRawCommands(client)) return ids;
  const keep = async ({ attributes = [] }: Untagged): Promise<void> => {
    const [name, items] = attributes;
    const id = mailboxIdIn(items);
    if (id !== null) ids.set(textOf(name), id);
  };
  const ask = async (command: string, attributes: unknown[]): Promise<boolean> => {
    try {
      (await client.exec(command, attributes, { untagged: { STATUS: keep } })).next();
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  };
  const items = [atom('MAILBOXID')];
  if (client.capabilities.has('LIST-STATUS')) {
    const everything = [text(''), text('*'), atom('RETURN'), [atom('STATUS'), items]];
    if (await ask('LIST', everything)) return ids;
  }
  for (const name of names.slice(0, MOST_SINGLE_QUESTIONS)) await ask('STATUS', [text(name), items]);
  return ids;
};

interface Untagged {
  attributes?: unknown[];
}

/** imapflow's internal way to send a command that it has no function for, missing in its types. */
interface RawCommands {
  exec(
    command: string,
    attributes: unknown[],
    options: { untagged: Record<string, (untagged: Untagged) => Promise<void>> }
  ): Promise<{ next(): void }>;
}

const takesRawCommands = (client: object): client is RawCommands =>
  typeof Reflect.get(client, 'exec') === 'function';

const atom = (value: string) => ({ type: 'ATOM', value });
const text = (value: string) => ({ type: 'STRING', value });

/** A parsed atom, string or literal as text. */
const textOf = (token: unknown): string => {
  const value: unknown = typeof token === 'object' && token !== null ? Reflect.get(token, 'value') : '';
  return typeof value === 'string' || Buffer.isBuffer(value) ? value.toString() : '';
};

/** `(MESSAGES 3 MAILBOXID (F2212ea87))` */
const mailboxIdIn = (items: unknown): string | null => {
  if (!Array.isArray(items)) return null;
  const at = items.findIndex((item) => textOf(item).toUpperCase() === 'MAILBOXID');
  const value: unknown = at < 0 ? undefined : items[at + 1];
  return textOf(Array.isArray(value) ? value[0] : value) || null;
};
