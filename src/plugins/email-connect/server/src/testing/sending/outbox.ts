import { unreachable } from '../../../../shared/unreachable';
import { finalStages, isFinal } from '../../domain/outgoing/stage';
import type { OutgoingStage } from '../../domain/outgoing/stage';
import { isCopyStep } from '../../domain/outgoing/transition';
import type { Transition } from '../../domain/outgoing/transition';
import type {
  MailToQueue,
  OutboxEntry,
  OutboxRecords,
  PressedMail,
  QueuedMail,
  RecordedFacts,
} from '../../ports';
import { EmailConnectError } from '../../domain/errors';
import type { ModelDatabase } from '../world/records/database';
import { unlogModelThread, writeMessage } from '../world/records/recording';

/** A row of the outbox. Times in ms by the database's clock. */
export interface ModelOutboxRow extends OutboxEntry {
  attemptId: string | null;
  claimedUntil: number;
  nextAttemptAt: number | null;
  filed: RecordedFacts['filed'] | null;
}

const PLANNED: readonly OutgoingStage[] = ['queued', 'unknown', 'sent'];
const RENEWABLE: readonly OutgoingStage[] = ['submitting', 'unknown', 'sent'];

/** The outbox as the records keep it; each method is one transaction. `onStage` hears where a mail stands from now on. */
export class ModelOutbox {
  readonly rows = new Map<number, ModelOutboxRow>();
  readonly presses = new Map<string, PressedMail>();
  private lastId = 0;

  constructor(
    private readonly database: ModelDatabase,
    private readonly now: () => number,
    private readonly onStage: (row: ModelOutboxRow) => void
  ) {}

  findPress({ senderDocumentId, key }: { senderDocumentId: string; key: string }): PressedMail | null {
    return this.presses.get(`${senderDocumentId}/${key}`) ?? null;
  }

  queue({ thread, message, smtpEnvelope, sourceKey, composedFor, press }: MailToQueue): QueuedMail {
    const pressed = press && this.findPress(press);
    if (press && pressed) return { kind: 'pressed-before', press, pressed };
    const { messageId } = message.parsed.headers;
    if (!messageId) throw new EmailConnectError('INPUT_INVALID', 'It has no Message-ID.', 'Write it again.');
    const threadDocumentId = thread.kind === 'new' ? this.beginThread(thread.thread) : thread.documentId;
    const written = writeMessage(this.database, { ...message, threadDocumentId }, this.now());
    if (!written?.isNew)
      throw new EmailConnectError('INPUT_INVALID', 'It cannot be queued.', 'Write it again.');
    const made = { messageDocumentId: written.documentId, threadDocumentId };
    const row: ModelOutboxRow = {
      ...made,
      outboxId: (this.lastId += 1),
      inboxDocumentId: message.inboxDocumentId,
      messageId,
      contacts: [],
      smtpEnvelope,
      sourceKey,
      composedFor,
      stage: 'queued',
      attempts: 0,
      looks: 0,
      isDoubted: false,
      claimId: null,
      recordedBy: null,
      failure: null,
      attemptId: null,
      claimedUntil: 0,
      nextAttemptAt: 0,
      filed: null,
    };
    this.rows.set(row.outboxId, row);
    if (press) {
      const { senderDocumentId, key, contentHash } = press;
      this.presses.set(`${senderDocumentId}/${key}`, { contentHash, ...made });
    }
    this.onStage(row);
    return { kind: 'queued', entry: entryOf(row) };
  }

  rowOf(messageDocumentId: string): ModelOutboxRow | undefined {
    return [...this.rows.values()].find((row) => row.messageDocumentId === messageDocumentId);
  }

  load(messageDocumentId: string): OutboxEntry | null {
    const row = this.rowOf(messageDocumentId);
    return row ? entryOf(row) : null;
  }

  listDue(inboxDocumentId: string): OutboxEntry[] {
    return this.due()
      .filter((row) => row.inboxDocumentId === inboxDocumentId)
      .map(entryOf);
  }

  listEvident(inboxDocumentId: string): OutboxEntry[] {
    const seen = new Set(this.database.locations.values());
    return this.listOpen(inboxDocumentId).filter(
      ({ stage, messageDocumentId }) =>
        (stage === 'unknown' || stage === 'asked') && seen.has(messageDocumentId)
    );
  }

  listOpen(inboxDocumentId: string): OutboxEntry[] {
    const isOpen = ({ stage }: ModelOutboxRow) => !finalStages.some((final) => final === stage);
    return [...this.rows.values()]
      .filter((row) => row.inboxDocumentId === inboxDocumentId && isOpen(row))
      .map(entryOf);
  }

  nextDueInMs(inboxDocumentId: string): number | null {
    const times = [...this.rows.values()]
      .filter((row) => row.inboxDocumentId === inboxDocumentId)
      .flatMap((row) => this.dueAt(row) ?? []);
    return times.length === 0 ? null : Math.max(0, Math.min(...times) - this.now());
  }

  listInboxesDue(): string[] {
    return [...new Set(this.due().map(({ inboxDocumentId }) => inboxDocumentId))];
  }

  claim(
    entry: OutboxEntry,
    { to, claimId, claimMs, putOffMs }: Parameters<OutboxRecords['claim']>[1]
  ): OutboxEntry | null {
    const row = this.rows.get(entry.outboxId);
    const isInHand = row !== undefined && row.claimedUntil > this.now();
    // The answer was lost, and is asked for again.
    const isOurs = isInHand && row.claimId === claimId;
    const isAsRead = row?.stage === entry.stage && row.claimId === entry.claimId;
    if (!isOurs) {
      if (!isAsRead || isInHand) return null;
      Object.assign(row, {
        stage: to,
        claimId,
        claimedUntil: this.now() + claimMs,
        nextAttemptAt: this.now() + putOffMs,
        ...(to === 'submitting' ? { attemptId: claimId, attempts: row.attempts + 1, looks: 0 } : {}),
        ...(to === 'submitting' ? {} : { looks: row.looks + 1 }),
      });
      this.onStage(row);
    }
    return {
      ...entry,
      stage: to,
      claimId,
      ...(to === 'submitting' ? { attempts: entry.attempts + 1, looks: 0 } : {}),
      ...(to === 'submitting' ? {} : { looks: entry.looks + 1 }),
    };
  }

  renew(outboxId: number, claimId: string, claimMs: number): boolean {
    const row = this.rows.get(outboxId);
    if (row?.claimId !== claimId || row.claimedUntil <= this.now()) return false;
    if (!RENEWABLE.includes(row.stage)) return false;
    row.claimedUntil = this.now() + claimMs;
    return true;
  }

  record(entry: OutboxEntry, transition: Transition, { under, by, receipt, filed }: RecordedFacts): boolean {
    const row = this.rows.get(entry.outboxId);
    const { from, to, waitMs, failure } = transition;
    if (!row || !from.includes(row.stage) || !this.isMet(row, entry, under)) return false;
    const isAboutCopy = isCopyStep(transition);
    Object.assign(row, {
      stage: to,
      claimedUntil: 0,
      nextAttemptAt: waitMs === null ? null : this.now() + waitMs,
      ...(to === 'unknown' ? { isDoubted: true } : {}),
      ...(by && !isAboutCopy ? { recordedBy: by } : {}),
      ...(filed ? { filed } : {}),
      ...(isAboutCopy && !failure ? {} : { failure }),
    });
    this.onStage(row);
    if (receipt?.serverMessageId) this.learn(row, receipt.serverMessageId);
    if (isFinal(to) && !this.isRecorded(row)) this.rows.delete(row.outboxId);
    return true;
  }

  /** Un-logs the thread (S21), as `ThreadUpkeep.unlog`: what is in hand goes on, everything else is sent no more. */
  unlog(threadDocumentId: string): void {
    const rows = [...this.rows.values()].filter((row) => row.threadDocumentId === threadDocumentId);
    if (rows.some((row) => row.stage === 'submitting' && row.claimedUntil > this.now())) {
      throw new EmailConnectError('MESSAGE_UNDER_WAY', 'It is handed over just now.', 'Wait a moment.');
    }
    unlogModelThread(this.database, threadDocumentId);
    for (const { outboxId, stage } of rows) if (stage !== 'sent') this.rows.delete(outboxId);
  }

  /** When a step of it is due; null: nothing is planned. */
  dueAt({ stage, claimedUntil, nextAttemptAt }: ModelOutboxRow): number | null {
    if (stage === 'submitting') return claimedUntil;
    if (!PLANNED.includes(stage) || nextAttemptAt === null) return null;
    return Math.max(claimedUntil, nextAttemptAt);
  }

  private due(): ModelOutboxRow[] {
    return [...this.rows.values()].filter((row) => (this.dueAt(row) ?? Infinity) <= this.now());
  }

  private isMet(row: ModelOutboxRow, entry: OutboxEntry, under: RecordedFacts['under']): boolean {
    switch (under.kind) {
      case 'stage':
        return true;
      case 'claim':
        return row.claimId === under.claimId;
      case 'attempt':
        return row.attemptId === under.claimId;
      case 'ran-out':
        return row.claimId === entry.claimId && row.claimedUntil <= this.now();
      default:
        return unreachable(under);
    }
  }

  private isRecorded({ messageDocumentId }: ModelOutboxRow): boolean {
    return [...this.database.messages.values()].some(({ documentId }) => documentId === messageDocumentId);
  }

  private learn(
    { threadDocumentId, messageDocumentId, inboxDocumentId }: ModelOutboxRow,
    alias: ModelOutboxRow['messageId']
  ): void {
    if (this.database.ids.has(alias)) return;
    this.database.ids.set(alias, {
      kind: 'alias',
      threadDocumentId,
      messageDocumentId,
      inboxDocumentId,
      knownSince: this.now(),
      origin: 'crm',
    });
  }

  private beginThread({
    threadToken,
    baseSubject,
  }: Extract<MailToQueue['thread'], { kind: 'new' }>['thread']): string {
    const documentId = `thread${this.database.threads.size}`;
    this.database.threads.set(documentId, {
      documentId,
      state: 'open',
      baseSubject,
      participants: new Set(),
      lastMessageAt: null,
    });
    this.database.ids.set(threadToken, {
      kind: 'token',
      threadDocumentId: documentId,
      messageDocumentId: null,
      inboxDocumentId: '',
      knownSince: this.now(),
      origin: 'crm',
    });
    return documentId;
  }
}

/** A row as it was read. */
const entryOf = (row: ModelOutboxRow): OutboxEntry => {
  const { attemptId: _, claimedUntil: __, nextAttemptAt: ___, filed: ____, ...entry } = row;
  return { ...entry };
};
