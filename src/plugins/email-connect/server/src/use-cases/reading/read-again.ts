import { toEmailConnectError } from '../../domain/errors';
import type { Candidate, ReadMessage } from '../../domain/message/message';
import type { Bytes, Location, MessageToFind, OpenFolder, Ports } from '../../ports';
import { inFolder } from '../inbox';
import { candidateOf } from './decision-facts';
import { fetchMessage, isRefusal } from './fetch-message';
import type { FetchPorts } from './fetch-message';
import type { Pass } from './pass';

export type ReadAgainPorts = FetchPorts & Pick<Ports, 'folders'>;

/** `missing`: the message is in none of its locations. `refused`: the server does not hand it out now. */
export type ReadAgain = ({ kind: 'read' } & ReadMessage) | { kind: 'missing' } | { kind: 'refused' };

/** How a body is parsed: a larger file becomes a placeholder. */
type Parse = (source: Bytes, attachmentBytes: number) => Promise<ReadMessage>;

/**
 * A recorded message is asked for once more in its locations, and its body fetched only if it is still the one that was
 * logged (S12, S19).
 */
export const readAgain = async (
  ports: ReadAgainPorts,
  pass: Pass,
  message: MessageToFind,
  parse: Parse
): Promise<ReadAgain> => {
  const folders = await ports.folders.list(pass.inbox.documentId);
  const listed = new Set(folders.filter((folder) => folder.listed).map(({ folderPath }) => folderPath));
  let outcome: ReadAgain = { kind: 'missing' };
  for (const location of message.locations.filter(({ folderPath }) => listed.has(folderPath))) {
    const found = await readFrom(ports, pass, message, location, parse);
    if (found.kind === 'read') return found;
    if (found.kind === 'refused') outcome = found;
  }
  return outcome;
};

const readFrom = async (
  ports: ReadAgainPorts,
  pass: Pass,
  message: MessageToFind,
  location: Location,
  parse: Parse
): Promise<ReadAgain> => {
  try {
    return await inFolder(pass.session, location.folderPath, (open) =>
      readIn(ports, open, message, location, parse)
    );
  } catch (error) {
    // The loop mends a lost connection.
    if (toEmailConnectError(error).code !== 'FOLDER_UNREADABLE' && !isRefusal(error)) throw error;
    return { kind: 'refused' };
  }
};

const readIn = async (
  ports: ReadAgainPorts,
  open: OpenFolder,
  message: MessageToFind,
  { uidValidity, imapUid }: Location,
  parse: Parse
): Promise<ReadAgain> => {
  if (open.state.uidValidity !== uidValidity) return { kind: 'missing' };
  const { scanned, unreadable } = await open.scanHeaders([imapUid]);
  if (unreadable.length > 0) return { kind: 'refused' };
  const candidate = scanned.map((found) => candidateOf(ports, found)).find((found) => isSame(found, message));
  if (!candidate) return { kind: 'missing' };
  const { attachmentLimitBytes, outgoingLimitBytes } = ports.settings;
  const limit = message.origin === 'crm' ? outgoingLimitBytes : attachmentLimitBytes;
  const parsed = await fetchMessage(ports, open, candidate, (source) => parse(source, limit));
  return parsed ? { kind: 'read', ...parsed } : { kind: 'missing' };
};

/** A forward to the log address is recorded under the id of the original it contains. */
const isSame = ({ headers, size }: Candidate, message: MessageToFind): boolean =>
  message.messageId === null || message.origin === 'log-address'
    ? size === message.size
    : headers.messageId === message.messageId;
