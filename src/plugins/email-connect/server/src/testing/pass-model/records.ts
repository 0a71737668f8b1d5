import { EmailConnectError } from '../../domain/errors';
import type { MessageId } from '../../domain/identification/message-id';
import type { KnownId, KnownThread } from '../../domain/logging/verdict';
import { emptyMemory } from '../../domain/sync/folder';
import type { InboxFolder } from '../../domain/sync/folder';
import type {
  Fence,
  Location,
  LookBack,
  PassOutcome,
  QuarantinedMessage,
  RecordedChange,
  RecordedPass,
} from '../../ports';
import { folderWith } from '../fakes/mailbox-scene';
import { roots } from './mail';

export interface RecordedMessage {
  messageId: MessageId;
  threadDocumentId: string;
  fingerprint: string;
  direction: 'incoming' | 'outgoing';
}

/** All that processes share: what is committed, and nothing else. Each method is one transaction. */
export class ModelRecords {
  readonly messages = new Map<string, RecordedMessage>();
  readonly ids = new Map<MessageId, KnownId>();
  readonly threads = new Map<string, KnownThread>();
  readonly tombstones = new Set<string>();
  folders: InboxFolder[] = [];
  quarantine: QuarantinedMessage[] = [];
  /** What the database does not take. */
  isUnstorable: (messageId: MessageId) => boolean = () => false;
  lease = { token: 0, holder: '', until: 0 };

  constructor() {
    for (const [messageId, documentId] of roots) {
      this.ids.set(messageId, {
        kind: 'own',
        threadDocumentId: documentId,
        messageDocumentId: `message ${messageId}`,
      });
      this.threads.set(documentId, {
        documentId,
        state: documentId === 'U' ? 'unlogged' : 'open',
        baseSubject: 'offer',
        participants: new Set(['us@crm.test', 'ann@customer.test']),
        lastMessageAt: '2026-01-15T09:00:00.000Z',
      });
    }
  }

  isHeld({ token }: Fence, now: number): boolean {
    return this.lease.token === token && this.lease.until > now;
  }

  recordPass(outcome: PassOutcome, now: number): RecordedPass {
    const folder = this.folders.find(({ folderPath }) => folderPath === outcome.folderPath);
    if (!this.isHeld(outcome.fence, now)) throw leaseLost();
    if (!folder || !isSame(folder.cursor, outcome.cursorBefore)) throw leaseLost();
    const ids = outcome.logged.flatMap(({ message }) => message.parsed.headers.messageId ?? []);
    if (ids.some(this.isUnstorable)) throw new EmailConnectError('DATA_REFUSED', 'No.', 'Convert it.');
    const lookBackTo =
      folder.memory.lookBackTo === outcome.lookBackBefore
        ? outcome.memory.lookBackTo
        : folder.memory.lookBackTo;
    Object.assign(folder, {
      cursor: outcome.cursorAfter,
      memory: { ...outcome.memory, lookBackTo },
      lastPassAt: outcome.at.toISOString(),
      lastErrorCode: null,
      failures: 0,
      retryAt: null,
    });
    const written = outcome.logged.map(({ message }) => this.write(message));
    const seen = [
      ...outcome.logged.flatMap(({ location }, i) => (location && written[i] ? [location] : [])),
      ...outcome.sighted.map(({ location }) => location),
    ];
    const gone = outcome.logged.flatMap(({ goneFrom }) => goneFrom ?? []);
    this.lift([...seen, ...gone, ...outcome.lifted]);
    for (const entry of outcome.quarantined) this.addToQuarantine(entry, outcome.at);
    for (const threadDocumentId of outcome.unlogged) this.unlog(threadDocumentId);
    if (outcome.lookBack) this.askLookBack(outcome.lookBack);
    return {
      changes: written.flatMap((one) => (one?.change ? [one.change] : [])),
      logged: written.map((one) =>
        one
          ? { kind: one.change ? 'recorded' : 'was-there', messageDocumentId: '' }
          : { kind: 'not-written', reason: 'thread-unlogged' }
      ),
    };
  }

  /** As `ThreadUpkeep.unlog`: its ids stay known, its messages are kept out (S21). */
  unlog(threadDocumentId: string): void {
    const thread = this.threads.get(threadDocumentId);
    if (!thread) return;
    this.threads.set(threadDocumentId, { ...thread, state: 'unlogged', participants: new Set() });
    for (const [key, message] of this.messages) {
      if (message.threadDocumentId !== threadDocumentId) continue;
      this.messages.delete(key);
      this.tombstones.add(key);
    }
    this.quarantine = this.quarantine.filter(
      ({ gone }) => gone?.verdict.threadDocumentId !== threadDocumentId
    );
    for (const [id, known] of this.ids) {
      if (known.threadDocumentId === threadDocumentId)
        this.ids.set(id, { ...known, messageDocumentId: null });
    }
  }

  /** As `FolderRecords.merge` says: who is who by object id, then by path. */
  merge(
    listed: readonly Pick<InboxFolder, 'folderPath' | 'specialUse' | 'watched' | 'objectId'>[],
    readFrom: Date | null
  ): void {
    const left = new Set(this.folders);
    const take = (isIt: (folder: InboxFolder) => boolean): InboxFolder | undefined => {
      const found = [...left].find(isIt);
      if (found) left.delete(found);
      return found;
    };
    const byId = listed.map(({ objectId }) =>
      objectId === null ? undefined : take((folder) => folder.objectId === objectId)
    );
    const merged = listed.map(({ folderPath, specialUse, watched, objectId }, i): InboxFolder => {
      const known = byId[i] ?? take((folder) => folder.folderPath === folderPath);
      if (!known) {
        const from = readFrom?.toISOString() ?? null;
        return folderWith(folderPath, {
          specialUse,
          watched,
          objectId,
          readFrom: from,
          cursor: null,
          lastPassAt: null,
          memory: emptyMemory,
        });
      }
      if (known.folderPath !== folderPath) this.moveQuarantine(known.folderPath, folderPath);
      const back = known.listed ? {} : { failures: 0, retryAt: null, lastErrorCode: null };
      return {
        ...known,
        folderPath,
        specialUse,
        objectId: objectId ?? known.objectId,
        listed: true,
        ...back,
      };
    });
    const paths = new Set(listed.map(({ folderPath }) => folderPath));
    const vanished = [...left].filter(({ folderPath }) => !paths.has(folderPath));
    this.folders = [...merged, ...vanished.map((folder) => ({ ...folder, listed: false }))];
  }

  private moveQuarantine(from: string, to: string): void {
    this.quarantine = this.quarantine
      .filter(({ location }) => location.folderPath !== to)
      .map((entry) =>
        entry.location.folderPath === from
          ? { ...entry, location: { ...entry.location, folderPath: to } }
          : entry
      );
  }

  private write(message: PassOutcome['logged'][number]['message']): { change: RecordedChange | null } | null {
    const { dedupIdentity: key, threadDocumentId, fingerprint, direction, parsed } = message;
    const { messageId } = parsed.headers;
    if (this.messages.has(key)) return { change: null };
    const thread = this.threads.get(threadDocumentId);
    if (this.tombstones.has(key) || !thread || thread.state === 'unlogged' || !messageId) return null;
    const messageDocumentId = `message ${key}`;
    this.messages.set(key, { messageId, threadDocumentId, fingerprint, direction });
    if (!this.ids.has(messageId))
      this.ids.set(messageId, { kind: 'own', threadDocumentId, messageDocumentId, fingerprint });
    this.threads.set(threadDocumentId, {
      ...thread,
      participants: new Set([...thread.participants, ...message.participants]),
    });
    const { notice, receivedAt } = message;
    return {
      change: { threadDocumentId, messageDocumentId, direction, notice, receivedAt, contacts: [] },
    };
  }

  private lift(locations: readonly Location[]): void {
    const lifted = new Set(locations.map(keyOf));
    this.quarantine = this.quarantine.filter(({ location }) => !lifted.has(keyOf(location)));
  }

  private addToQuarantine(entry: PassOutcome['quarantined'][number], at: Date): void {
    const earlier = this.quarantine.find(({ location }) => keyOf(location) === keyOf(entry.location));
    this.lift([entry.location]);
    const { location, code, detail, evidence, nextAt, gone } = entry;
    this.quarantine.push({
      location,
      code,
      detail,
      evidence,
      attempts: (earlier?.attempts ?? 0) + 1,
      firstAt: earlier?.firstAt ?? at.toISOString(),
      lastAt: at.toISOString(),
      nextAt: nextAt?.toISOString() ?? null,
      ...(gone ? { gone } : {}),
    });
  }

  /** Every asking changes the value, so that a pass that is under way does not find what it loaded. */
  private askLookBack({ since }: LookBack): void {
    for (const folder of this.folders) {
      if (!folder.watched || !folder.listed) continue;
      const { lookBackTo } = folder.memory;
      const to =
        lookBackTo === null || Date.parse(lookBackTo) > since.getTime()
          ? since
          : new Date(Date.parse(lookBackTo) - 1);
      folder.memory = { ...folder.memory, lookBackTo: to.toISOString() };
    }
  }
}

const isSame = (one: InboxFolder['cursor'], other: InboxFolder['cursor']): boolean =>
  one?.uidValidity === other?.uidValidity && one?.lastUid === other?.lastUid;

const keyOf = ({ folderPath, uidValidity, imapUid }: Location): string =>
  `${folderPath} ${uidValidity} ${imapUid}`;

export const leaseLost = () => new EmailConnectError('LEASE_LOST', 'Stale.', 'Nothing to do.');
