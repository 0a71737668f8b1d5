import { EmailConnectError } from '../../domain/errors';
import { connectionLost } from '../../net/classify-network-error';
import type { ServerAccess } from '../../ports';

const MEGABYTE = 1024 * 1024;

/** Gmail and Exchange allow no more. */
export const MOST_FOLDERS = 10_000;

/** How much may come in answer to one command. */
export interface AnswerBound {
  /** The untagged responses that are the answer; all others are news. */
  kinds: readonly string[];
  most: number;
  mostBytes: number;
  /** There is one for each message that was asked for: further ones are news. */
  rows: boolean;
  excess: (access: ServerAccess) => EmailConnectError;
}

export const tooManyFolders = ({ host }: ServerAccess): EmailConnectError =>
  new EmailConnectError(
    'TOO_MANY_FOLDERS',
    `${host} lists more than ${MOST_FOLDERS} folders.`,
    'Delete folders that are not needed, or ask who runs the mail server to show fewer of them.'
  );

const tooMuch = (access: ServerAccess): EmailConnectError =>
  connectionLost(access, 'The server sent more than was asked for.');

/** A folder may come with its STATUS (RFC 5819). */
const folders: AnswerBound = {
  kinds: ['LIST', 'LSUB', 'XLIST', 'STATUS'],
  most: 2 * MOST_FOLDERS + 100,
  mostBytes: 16 * MEGABYTE,
  rows: false,
  excess: tooManyFolders,
};

/** UIDs are asked for in pieces, each of which is answered by a line or a few. */
const found: AnswerBound = {
  kinds: ['SEARCH', 'ESEARCH'],
  most: 10_000,
  mostBytes: 64 * MEGABYTE,
  rows: false,
  excess: tooMuch,
};

/**
 * Anybody may send mail with headers of megabytes. CONNECTION_LOST, so that the messages which are too much are found
 * and set aside as those are at which a server hangs up.
 */
const rows: AnswerBound = {
  kinds: ['FETCH'],
  most: 2_000_000,
  mostBytes: 256 * MEGABYTE,
  rows: true,
  excess: tooMuch,
};

const bounds: ReadonlyMap<string, AnswerBound> = new Map([
  ...['LIST', 'LSUB', 'XLIST'].map((command) => [command, folders] as const),
  ...['SEARCH', 'UID SEARCH'].map((command) => [command, found] as const),
  ...['FETCH', 'UID FETCH'].map((command) => [command, rows] as const),
]);

/** Other commands are answered by a few lines, which may count as news. */
export const answerBoundOf = (command: string): AnswerBound | undefined => bounds.get(command);
