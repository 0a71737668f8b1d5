import { refetchedFiles, refetchWaitMs } from '../../domain/message/refetch';
import type { Ports } from '../../ports';
import { parseAndStore } from '../files';
import { announceChanged } from './announce-changed';
import type { Pass } from './pass';
import { readAgain } from './read-again';
import type { ReadAgainPorts } from './read-again';

type RefetchPorts = ReadAgainPorts & Pick<Ports, 'files' | 'threads' | 'news'>;

/** In one turn of the loop, so that new mail does not wait for files. */
const MESSAGES_AT_ONCE = 5;
const BYTES_AT_ONCE = 50_000_000;

/**
 * Fetches files of logged mail that could not be stored (S49), from where its messages are known to lie. Ends for now
 * when the storage takes no file, and when `signal` aborts.
 */
export const refetchFiles = async (ports: RefetchPorts, pass: Pass): Promise<void> => {
  let bytes = 0;
  for (const message of await ports.files.listDue(pass.inbox.documentId, MESSAGES_AT_ONCE)) {
    if (pass.signal.aborted || (bytes > 0 && bytes + message.size > BYTES_AT_ONCE)) return;
    const tries = message.tries + 1;
    if (!(await ports.files.plan(pass.fence, message.messageDocumentId, refetchWaitMs(tries)))) continue;
    bytes += message.size;
    const refetch = await readAgain(ports, pass, message, (source, limit) =>
      parseAndStore(ports, source, limit)
    );
    const settled = refetchedFiles(message.files, refetch, tries);
    if (settled.length > 0) {
      await ports.files.settle(pass.fence, settled);
      await announceChanged(ports, pass, message);
    }
    if (refetch.kind === 'read' && refetch.attachments.some(({ state }) => state === 'failed')) return;
  }
};
