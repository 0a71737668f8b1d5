import { EmailConnectError } from '../../../domain/errors';

/** A place between two messages of a thread: before the message with this time of receipt and row id. */
export interface MessagePlace {
  /** ISO. */
  receivedAt: string;
  id: number;
}

/** Limits that all databases can compare with: MySQL's years end at 9999, PostgreSQL's row ids at 2^31. */
const EARLIEST_MS = Date.UTC(1000, 0, 1);
const LATEST_MS = Date.UTC(9999, 11, 31);
const HIGHEST_ID = 2 ** 31 - 1;

export const writePlace = ({ receivedAt, id }: MessagePlace): string =>
  `${Date.parse(receivedAt).toString(36)}.${id.toString(36)}`;

/** Rejects with INPUT_INVALID a text that `writePlace` did not write. */
export const readPlace = (text: string): MessagePlace => {
  const [at = NaN, id = NaN] = text.split('.').map((number) => Number.parseInt(number, 36));
  const isPlace = at >= EARLIEST_MS && at <= LATEST_MS && id >= 0 && id <= HIGHEST_ID;
  if (isPlace) return { receivedAt: new Date(at).toISOString(), id };
  throw new EmailConnectError(
    'INPUT_INVALID',
    'This is no place in a conversation.',
    'Ask for the newest messages again, and go on with what that answer says.'
  );
};
