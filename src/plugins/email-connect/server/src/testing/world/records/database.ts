import { EmailConnectError } from '../../../domain/errors';
import type { Inbox } from '../../../domain/inbox/inbox';
import type { MessageId } from '../../../domain/identification/message-id';
import type { KnownId, KnownThread } from '../../../domain/logging/verdict';
import { dedupIdentity, fingerprint } from '../../../domain/message/dedup-identity';
import type { MessageHeaders } from '../../../domain/message/message';
import { participantsOf } from '../../../domain/message/participants';
import type { Backfill } from '../../../domain/sync/backfill';
import type { InboxFolder } from '../../../domain/sync/folder';
import type {
  Fence,
  InboxChange,
  InboxProgress,
  InboxRequest,
  Location,
  MessageToRecord,
  QuarantinedMessage,
  RequestOutcome,
  Suggestion,
} from '../../../ports';

const SENT_SIZE = 900;

/** A message as the site keeps it. */
export interface RecordedMessage {
  documentId: string;
  threadDocumentId: string;
  fingerprint: string;
  message: MessageToRecord;
}

/** An id of the index, with when and from where it came to be known. */
export interface IndexedId extends KnownId {
  /** ms; 0 for what was known from the beginning. */
  knownSince: number;
  inboxDocumentId: string;
  origin: MessageToRecord['origin'];
}

export interface Lease {
  holder: string;
  token: number;
  expiresAt: number;
  restUntil: number;
}

/** The tables of a site, as the records keep them. */
export class ModelDatabase {
  readonly inboxes = new Map<string, Inbox>();
  readonly folders = new Map<string, InboxFolder[]>();
  readonly leases = new Map<string, Lease>();
  readonly threads = new Map<string, KnownThread>();
  readonly ids = new Map<MessageId, IndexedId>();
  readonly threadIndexRoots = new Map<string, string>();
  /** By dedup key, which is unique. */
  readonly messages = new Map<string, RecordedMessage>();
  readonly tombstones = new Set<string>();
  readonly locations = new Map<string, string>();
  readonly quarantine = new Map<string, QuarantinedMessage & { inboxDocumentId: string }>();
  readonly suggestions = new Map<string, Suggestion & { inboxDocumentId: string }>();
  readonly requests: (InboxRequest & { outcome: RequestOutcome | null })[] = [];
  readonly backfills = new Map<string, Backfill>();
  /** When a person changed an inbox last. */
  readonly signalledAt = new Map<string, number>();
  /** How many messages were ever inserted, by thread. */
  readonly inserted = new Map<string, number>();
  documents = 0;

  foldersOf(inboxDocumentId: string): InboxFolder[] {
    return this.folders.get(inboxDocumentId) ?? [];
  }

  /** What the inbox `I` sent before it is looked at. */
  keepSent(threadDocumentId: string, documentId: string, headers: MessageHeaders): void {
    const identity = dedupIdentity(headers, SENT_SIZE);
    const print = fingerprint(headers);
    const message: MessageToRecord = {
      threadDocumentId,
      begins: null,
      inboxDocumentId: 'I',
      direction: 'outgoing',
      origin: 'crm',
      notice: null,
      answersDocumentId: null,
      reports: [],
      evidence: null,
      deliveryStatus: 'sent',
      dedupIdentity: identity,
      fingerprint: print,
      receivedAt: headers.sentAt ?? '',
      size: SENT_SIZE,
      isJunk: false,
      aliases: [],
      serverThreadId: null,
      bcc: [],
      failsDmarc: false,
      parsed: { headers, text: '', html: '', attachments: [], parsedAs: 'mime', marks: [], embedded: [] },
      participants: participantsOf(headers),
    };
    this.messages.set(identity, { documentId, threadDocumentId, fingerprint: print, message });
  }

  changeInbox(documentId: string, decide: (stored: Inbox) => InboxChange): Inbox | null {
    const stored = this.inboxes.get(documentId);
    if (!stored) return null;
    Object.assign(stored, decide({ ...stored }), { version: stored.version + 1 });
    return { ...stored };
  }

  /** Not over what a person decided meanwhile (S52). */
  recordState(
    { documentId, version }: Pick<Inbox, 'documentId' | 'version'>,
    progress: InboxProgress
  ): boolean {
    const stored = this.inboxes.get(documentId);
    if (stored?.version !== version || stored.state === 'paused' || stored.state === 'disconnected')
      return false;
    Object.assign(stored, progress);
    return true;
  }

  /** Rejects what a stale holder writes (P2). */
  passFence({ inboxDocumentId, token }: Fence, now: number): void {
    const lease = this.leases.get(inboxDocumentId);
    if (lease?.token === token && lease.expiresAt > now) return;
    throw new EmailConnectError('LEASE_LOST', 'Another process holds it.', 'Nothing to do.');
  }

  /** Everything that is kept, as text: to look for what must not be. */
  dump(): string {
    const tables = [this.messages, this.locations, this.quarantine, this.suggestions, this.threads, this.ids];
    const sets = [...this.tombstones, ...[...this.threads.values()].flatMap((one) => [...one.participants])];
    return JSON.stringify([tables.map((table) => [...table]), sets, this.requests, [...this.folders]]);
  }
}

export const locationKey = (
  inboxDocumentId: string,
  { folderPath, uidValidity, imapUid }: Location
): string => JSON.stringify([inboxDocumentId, folderPath, uidValidity, imapUid]);
