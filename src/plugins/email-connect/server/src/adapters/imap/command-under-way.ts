import type { ImapFlow } from 'imapflow';

/** As many messages as imapflow reads of one answer. */
const MOST_ROWS = 1_000_000;

/** A command by imapflow's internals, which its types leave out. */
export interface Command {
  /** Upper case: `UID FETCH`; '' for none. */
  name: string;
  /** How many messages it names (RFC 9051 9: sequence-set); 0 if it names none. */
  asked: number;
}

/** The one that the server has to answer: the same value for as long as it is the same command, for `readCommand`. */
export const commandUnderWay = (client: ImapFlow): unknown => Reflect.get(client, 'currentRequest');

export const readCommand = (request: unknown): Command => {
  const name = field(request, 'command');
  const attributes = field(request, 'attributes');
  const first: unknown = Array.isArray(attributes) ? attributes[0] : null;
  const set = field(first, 'type') === 'SEQUENCE' ? field(first, 'value') : '';
  return {
    name: typeof name === 'string' ? name.toUpperCase() : '',
    asked: typeof set === 'string' ? countOf(set) : 0,
  };
};

const field = (source: unknown, key: string): unknown =>
  typeof source === 'object' && source !== null ? Reflect.get(source, key) : undefined;

/** `1:4,7` names 5. What ends with `*`, and is more than that, names as many as there may be. */
const countOf = (set: string): number => {
  const count = set.split(',').reduce((sum, range) => sum + sizeOf(range), 0);
  return Math.min(count, MOST_ROWS);
};

const sizeOf = (range: string): number => {
  const [from = '', to] = range.split(':');
  if (to === undefined) return range === '' ? 0 : 1;
  return to === '*' ? MOST_ROWS : Math.abs(Number(to) - Number(from)) + 1;
};
