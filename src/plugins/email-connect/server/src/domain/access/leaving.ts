import type { LinkedContact } from '../outgoing/outgoing';
import { countingFor, nobody } from './sight';
import type { Carrier, SeenMessage } from './sight';
import { recordKey } from './standing';

/** What becomes of mail that stands on no other record than one that is deleted. */
export type LeftMail = { kind: 'keep' } | { kind: 'erase' } | { kind: 'hand-over'; to: LinkedContact };

/** What decides where a message stands once a record is gone. */
export type LeftMessage = Pick<SeenMessage, 'addressHashes' | 'records'>;

/**
 * Those of these messages that stand on no record but this one, and wait for none: an address that does not count
 * elsewhere yet may be confirmed there (S41), and nobody could bring back what was erased before.
 */
export const aloneOn = <Message extends LeftMessage>(
  record: LinkedContact,
  messages: readonly Message[],
  carriers: readonly Carrier[]
): Message[] => {
  const isOther = (one: LinkedContact): boolean => recordKey(one) !== recordKey(record);
  const carried = hashesOf(carriers.filter(isOther));
  return messages.filter(
    ({ addressHashes, records }) => !records.some(isOther) && !addressHashes.some((hash) => carried.has(hash))
  );
};

/** Whether one of these messages stands on a record, for whoever may read it: an address that does not count does nothing. */
export const standAnywhere = (messages: readonly LeftMessage[], carriers: readonly Carrier[]): boolean => {
  const carried = hashesOf(countingFor(nobody, carriers));
  return messages.some(
    ({ addressHashes, records }) => records.length > 0 || addressHashes.some((hash) => carried.has(hash))
  );
};

const hashesOf = (carriers: readonly Carrier[]): Set<string> =>
  new Set(carriers.map(({ addressHash }) => addressHash));
