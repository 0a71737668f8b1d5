/** One message as the server keeps it. `raw` is exactly what was appended or delivered. */
export interface StoredMessage {
  uid: number;
  flags: Set<string>;
  raw: Buffer;
  receivedAt: Date;
  modSeq: number;
  /** Gmail's labels, shared by all views of a message. */
  labels: Set<string>;
}

/** The notices that a session with this folder selected needs. */
export interface FolderObserver {
  appended(): void;
  expunged(message: StoredMessage): void;
  flagged(message: StoredMessage): void;
  /** The folder is gone, or its UIDs have a new meaning. */
  invalidated(reason: string): void;
}

/** Special-use attributes of RFC 6154 section 2. */
export type SpecialUse = '\\Sent' | '\\Drafts' | '\\Junk' | '\\Trash' | '\\Archive' | '\\All' | '\\Flagged';

/** An IMAP folder: messages in UID order, and the numbers of RFC 3501 section 2.3.1 and RFC 7162. */
export class Folder {
  messages: StoredMessage[] = [];
  uidNext = 1;
  highestModSeq = 1;
  isSubscribed = true;
  /** LIST attributes besides those that follow from the folder itself, such as `\\Noselect`. */
  attributes: string[] = [];
  /** Called for every message that is added to this folder. */
  onAppended: ((message: StoredMessage) => void) | undefined;
  private readonly observers = new Set<FolderObserver>();

  constructor(
    public path: string,
    public uidValidity: number,
    readonly specialUse?: SpecialUse,
    /** MAILBOXID (RFC 8474 section 4.1), which stays when the folder is renamed. */
    readonly id = `F${uidValidity}`
  ) {}

  get isSelectable(): boolean {
    return !this.attributes.some((attribute) => /^\\(noselect|nonexistent)$/i.test(attribute));
  }

  observe(observer: FolderObserver): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  append(raw: Buffer, flags: Iterable<string>, receivedAt: Date): StoredMessage {
    const [uid = this.uidNext] = this.reserve(1);
    return this.insert(uid, raw, flags, receivedAt);
  }

  /** UIDs for messages that are still on their way: on some stores they appear later than younger ones. */
  reserve(count: number): number[] {
    const uids = Array.from({ length: count }, (_, i) => this.uidNext + i);
    this.uidNext += count;
    return uids;
  }

  /** Puts a message under a reserved UID. */
  insert(uid: number, raw: Buffer, flags: Iterable<string>, receivedAt: Date): StoredMessage {
    const modSeq = this.nextModSeq();
    const message = { uid, flags: new Set(flags), raw, receivedAt, modSeq, labels: new Set<string>() };
    let above = this.messages.length;
    while (above > 0 && (this.messages[above - 1]?.uid ?? 0) > uid) above -= 1;
    this.messages.splice(above, 0, message);
    this.onAppended?.(message);
    for (const observer of this.observers) observer.appended();
    return message;
  }

  /** Removes the messages for good. Unknown messages are skipped: another session was faster. */
  expunge(gone: Iterable<StoredMessage>): void {
    const doomed = new Set(gone);
    const removed = this.messages.filter((message) => doomed.has(message));
    if (removed.length === 0) return;
    this.messages = this.messages.filter((message) => !doomed.has(message));
    this.nextModSeq();
    for (const message of removed) for (const observer of this.observers) observer.expunged(message);
  }

  setFlags(message: StoredMessage, flags: Iterable<string>): void {
    message.flags = new Set(flags);
    message.modSeq = this.nextModSeq();
    for (const observer of this.observers) observer.flagged(message);
  }

  /**
   * A new UIDVALIDITY, as after a restore from backup; `firstUid` also gives every message a new UID. Sessions are
   * cut off if `isTold`.
   */
  setUidValidity(uidValidity: number, firstUid?: number, isTold = true): void {
    this.uidValidity = uidValidity;
    if (firstUid !== undefined) {
      this.messages.forEach((message, index) => (message.uid = firstUid + index));
      this.uidNext = firstUid + this.messages.length;
    }
    if (isTold) this.invalidate('UIDVALIDITY changed');
  }

  invalidate(reason: string): void {
    for (const observer of [...this.observers]) observer.invalidated(reason);
  }

  private nextModSeq(): number {
    this.highestModSeq += 1;
    return this.highestModSeq;
  }
}
