import { refetchedFiles, refetchWaitMs } from '../../domain/message/refetch';
import type { Refetch } from '../../domain/message/refetch';
import { toEmailConnectError } from '../../domain/errors';
import type { Candidate } from '../../domain/message/message';
import type { Location, MessageToRefetch, OpenFolder, Ports } from '../../ports';
import { inFolder } from '../inbox';
import { candidateOf } from './decision-facts';
import { fetchMessage, isRefusal } from './fetch-message';
import type { FetchPorts } from './fetch-message';
import type { Pass } from './pass';

type RefetchPorts = FetchPorts & Pick<Ports, 'files' | 'folders' | 'threads' | 'news'>;

/** In one turn of the loop, so that new mail does not wait for files. */
const MESSAGES_AT_ONCE = 5;
const BYTES_AT_ONCE = 50_000_000;

/**
 * Fetches files of logged mail that could not be stored (S49): the message is asked for in its known locations, and
 * its files are taken only if it is still the one that was logged (S12, S19). Ends for now when the storage takes no
 * file, and when `signal` aborts.
 */
export const refetchFiles = async (ports: RefetchPorts, pass: Pass): Promise<void> => {
  let bytes = 0;
  for (const message of await ports.files.listDue(pass.inbox.documentId, MESSAGES_AT_ONCE)) {
    if (pass.signal.aborted || (bytes > 0 && bytes + message.size > BYTES_AT_ONCE)) return;
    const tries = message.tries + 1;
    if (!(await ports.files.plan(pass.fence, message.messageDocumentId, refetchWaitMs(tries)))) continue;
    bytes += message.size;
    const refetch = await readAgain(ports, pass, message);
    const settled = refetchedFiles(message.files, refetch, tries);
    if (settled.length > 0) {
      await ports.files.settle(pass.fence, settled);
      await announce(ports, pass, message);
    }
    if (refetch.kind === 'read' && refetch.attachments.some(({ state }) => state === 'failed')) return;
  }
};

const readAgain = async (ports: RefetchPorts, pass: Pass, message: MessageToRefetch): Promise<Refetch> => {
  const folders = await ports.folders.list(pass.inbox.documentId);
  const listed = new Set(folders.filter((folder) => folder.listed).map(({ folderPath }) => folderPath));
  let outcome: Refetch = { kind: 'missing' };
  for (const location of message.locations.filter(({ folderPath }) => listed.has(folderPath))) {
    const found = await readFrom(ports, pass, message, location);
    if (found.kind === 'read') return found;
    if (found.kind === 'refused') outcome = found;
  }
  return outcome;
};

const readFrom = async (
  ports: RefetchPorts,
  pass: Pass,
  message: MessageToRefetch,
  location: Location
): Promise<Refetch> => {
  try {
    return await inFolder(pass.session, location.folderPath, (open) =>
      readIn(ports, open, message, location)
    );
  } catch (error) {
    // The loop mends a lost connection.
    if (toEmailConnectError(error).code !== 'FOLDER_UNREADABLE' && !isRefusal(error)) throw error;
    return { kind: 'refused' };
  }
};

const readIn = async (
  ports: RefetchPorts,
  open: OpenFolder,
  message: MessageToRefetch,
  { uidValidity, imapUid }: Location
): Promise<Refetch> => {
  if (open.state.uidValidity !== uidValidity) return { kind: 'missing' };
  const { scanned, unreadable } = await open.scanHeaders([imapUid]);
  if (unreadable.length > 0) return { kind: 'refused' };
  const candidate = scanned.map((found) => candidateOf(ports, found)).find((found) => isSame(found, message));
  if (!candidate) return { kind: 'missing' };
  const { attachmentLimitBytes, outgoingLimitBytes } = ports.settings;
  const limit = message.origin === 'crm' ? outgoingLimitBytes : attachmentLimitBytes;
  const parsed = await fetchMessage(ports, open, candidate, limit);
  return parsed ? { kind: 'read', attachments: parsed.attachments } : { kind: 'missing' };
};

/** A forward to the log address is recorded under the id of the original it contains. */
const isSame = ({ headers, size }: Candidate, message: MessageToRefetch): boolean =>
  message.messageId === null || message.origin === 'log-address'
    ? size === message.size
    : headers.messageId === message.messageId;

const announce = async (
  { threads, news }: RefetchPorts,
  { inbox }: Pass,
  { messageDocumentId, threadDocumentId }: MessageToRefetch
): Promise<void> => {
  const contacts = await threads.contactsOf(messageDocumentId);
  await news.announce({
    kind: 'message.changed',
    inboxDocumentId: inbox.documentId,
    threadDocumentId,
    messageDocumentId,
    contacts,
  });
};
