import { hasFailedDmarc } from '../../domain/authentication/failed-dmarc';
import { EmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import { handedOverIds } from '../../domain/logging/hand-off';
import type { Verdict } from '../../domain/logging/verdict';
import { dedupIdentity, fingerprint } from '../../domain/message/dedup-identity';
import type { Candidate, ReadMessage } from '../../domain/message/message';
import { participantsOf } from '../../domain/message/participants';
import type { SpecialUse } from '../../domain/sync/folder';
import type { Bytes, MessageToRecord, OpenFolder, Ports } from '../../ports';
import { parseAndStore } from '../files';
import { beginThread } from './begin-thread';

export type FetchPorts = Pick<
  Ports,
  'mime' | 'attachments' | 'settings' | 'clock' | 'logger' | 'random' | 'secrets'
>;
type LogVerdict = Extract<Verdict, { kind: 'log' }>;

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 1_000;

/**
 * The body of a message that the verdict called ours, fetched, parsed, its files stored unless `parse` does otherwise.
 * null when the message is gone. If the server refuses this one message, it is asked three times (a.4-8); then the refusal is thrown to the
 * caller.
 */
export const fetchMessage = async (
  ports: FetchPorts,
  open: Pick<OpenFolder, 'fetchMessage'>,
  { imapUid }: Pick<Candidate, 'imapUid'>,
  parse: (source: Bytes) => Promise<ReadMessage> = (source) => parseAndStore(ports, source)
): Promise<ReadMessage | null> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const source = await open.fetchMessage(imapUid);
      return source && (await parse(source));
    } catch (error) {
      if (!isRefusal(error) || attempt === ATTEMPTS) throw error;
      ports.logger.warn(`The server refused message ${imapUid} (${error.code}); asking again.`);
      await ports.clock.sleep(FIRST_WAIT_MS * 1.7 ** attempt);
    }
  }
};

/** The parts of a message that the records keep. `folderUse`: of the folder where it lies; null where it lies in none. */
export const messageToRecord = (
  ports: Pick<Ports, 'random' | 'secrets' | 'clock'>,
  inbox: Inbox,
  candidate: Candidate,
  verdict: LogVerdict,
  { trace, ...parsed }: ReadMessage,
  folderUse: SpecialUse | null
): MessageToRecord => ({
  threadDocumentId: verdict.threadDocumentId,
  begins: verdict.begins && beginThread(ports, inbox.address, ports.clock.now(), verdict.begins),
  inboxDocumentId: inbox.documentId,
  direction: verdict.direction,
  origin: verdict.origin,
  notice: verdict.notice,
  answersDocumentId: verdict.answersDocumentId,
  reports: verdict.notice === null ? [] : (candidate.returned?.recipients ?? []),
  evidence: verdict.evidence,
  deliveryStatus: null,
  dedupIdentity: dedupIdentity(candidate.headers, candidate.size),
  fingerprint: fingerprint(candidate.headers),
  receivedAt: candidate.receivedAt,
  size: candidate.size,
  isJunk: folderUse === 'junk',
  aliases: handedOverIds(candidate, { folderUse, inboxAddress: inbox.address }).filter(
    (id) => id !== candidate.headers.messageId
  ),
  serverThreadId: candidate.serverThreadId,
  bcc: [],
  failsDmarc: hasFailedDmarc(parsed.headers, trace, inbox),
  parsed,
  participants: participantsOf(candidate.headers),
});

export const isRefusal = (error: unknown): error is EmailConnectError =>
  error instanceof EmailConnectError &&
  (error.code === 'MESSAGE_UNREADABLE' || error.code === 'SERVER_REFUSED');
