import { EmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { Verdict } from '../domain/logging/verdict';
import { dedupIdentity, fingerprint } from '../domain/message/dedup-identity';
import type { MessageHeaders, ScannedMessage } from '../domain/message/message';
import { participantsOf } from '../domain/message/participants';
import type { MessageToRecord, OpenFolder, Ports } from '../ports';

type FetchPorts = Pick<Ports, 'mime' | 'attachments' | 'settings' | 'clock' | 'logger'>;

const ATTEMPTS = 3;
const FIRST_WAIT_MS = 1_000;

/**
 * The body of a message that the verdict called ours: read, parsed, its files stored; ready to be recorded.
 * null when it is gone: wherever it was moved to, the pass of that folder meets it again.
 * A server that refuses this one message is asked three times (a.4-8), then the refusal is the caller's.
 */
export const fetchMessage = async (
  ports: FetchPorts,
  inbox: Inbox,
  open: OpenFolder,
  scanned: ScannedMessage,
  headers: MessageHeaders,
  verdict: Extract<Verdict, { kind: 'log' }>
): Promise<MessageToRecord | null> => {
  const parsed = await readWithRetries(ports, open, scanned);
  if (!parsed) return null;
  return {
    threadDocumentId: verdict.threadDocumentId,
    inboxDocumentId: inbox.documentId,
    direction: verdict.origin === 'sent-folder' ? 'outgoing' : 'incoming',
    origin: verdict.origin,
    notice: verdict.notice,
    evidence: verdict.evidence,
    deliveryStatus: null,
    dedupIdentity: dedupIdentity(headers, scanned.size),
    fingerprint: fingerprint(headers),
    receivedAt: scanned.receivedAt,
    size: scanned.size,
    bcc: [],
    parsed,
    participants: participantsOf(headers),
  };
};

const readWithRetries = async (ports: FetchPorts, open: OpenFolder, scanned: ScannedMessage) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const source = await open.fetchMessage(scanned.imapUid);
      return (
        source &&
        (await ports.mime.parseMessage(source, {
          attachmentBytes: ports.settings.attachmentLimitBytes,
          textBytes: ports.settings.textLimitBytes,
          saveAttachment: (content) => ports.attachments.save(content),
        }))
      );
    } catch (error) {
      if (!isRefusal(error) || attempt === ATTEMPTS) throw error;
      ports.logger.warn(`The server refused message ${scanned.imapUid} (${error.code}); asking again.`);
      await ports.clock.sleep(FIRST_WAIT_MS * 1.7 ** attempt);
    }
  }
};

const isRefusal = (error: unknown): error is EmailConnectError =>
  error instanceof EmailConnectError &&
  (error.code === 'MESSAGE_UNREADABLE' || error.code === 'SERVER_REFUSED');
