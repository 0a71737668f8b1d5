import type { Folder, FolderObserver, StoredMessage } from './folder';
import { formatFlags } from './flags';
import { resolveStar } from './sequence-set';
import type { SequenceSet } from './sequence-set';

/** A message with the sequence number that this session knows for it. */
export interface NumberedMessage {
  number: number;
  message: StoredMessage;
}

/**
 * One session's view of a folder. Sequence numbers change only when `takeUpdates` tells the client so: a message that
 * another session expunged keeps its number until then (RFC 3501 section 7.4.1).
 */
export class SelectedFolder implements FolderObserver {
  private view: StoredMessage[];
  private readonly gone = new Set<StoredMessage>();
  private readonly flaggedByOthers = new Set<StoredMessage>();
  private hasNew = false;
  private isSilent = false;
  private readonly stop: () => void;

  constructor(
    readonly folder: Folder,
    readonly isReadOnly: boolean,
    private readonly on: { changed(): void; invalidated(reason: string): void }
  ) {
    this.view = [...folder.messages];
    this.stop = folder.observe(this);
  }

  get exists(): number {
    return this.view.length;
  }

  get lastUid(): number {
    return this.view.at(-1)?.uid ?? 0;
  }

  all(): NumberedMessage[] {
    return this.view.map((message, index) => ({ number: index + 1, message }));
  }

  /** The messages of a set in ascending order; undefined when a sequence number is too large. */
  resolve(set: SequenceSet, byUid: boolean): NumberedMessage[] | undefined {
    if (byUid) return this.resolveUids(set);
    const ranges = resolveStar(set, Math.max(1, this.exists));
    const isWholeEmptyFolder = this.exists === 0 && ranges.every(({ to }) => to === 1);
    if (!isWholeEmptyFolder && ranges.some(({ to }) => to > this.exists)) return undefined;
    return this.pick(ranges.map(({ from, to }) => ({ first: from - 1, end: to })));
  }

  /** Runs a change of flags whose own answer serves as the notice. */
  silently(change: () => void): void {
    this.isSilent = true;
    change();
    this.isSilent = false;
  }

  /** New messages that the client has not been told of, as an EXISTS line. */
  takeNew(): string[] {
    if (!this.hasNew) return [];
    this.hasNew = false;
    const arrived = this.folder.messages.slice(this.firstAbove(this.folder.messages, this.lastUid));
    for (const message of arrived) this.view.push(message);
    return arrived.length > 0 ? [`* ${this.exists} EXISTS`] : [];
  }

  /**
   * All changes that the client has not been told of, as untagged lines. EXPUNGE is left for later if it is not
   * allowed now.
   */
  takeUpdates(options: { mayExpunge: boolean; withModSeq: boolean }): string[] {
    const lines = [...(options.mayExpunge ? this.takeExpunged() : []), ...this.takeNew()];
    for (const message of this.flaggedByOthers) {
      const index = this.indexOf(message);
      const modSeq = options.withModSeq ? ` MODSEQ (${message.modSeq})` : '';
      if (index >= 0)
        lines.push(`* ${index + 1} FETCH (UID ${message.uid}${modSeq} FLAGS ${formatFlags(message.flags)})`);
    }
    this.flaggedByOthers.clear();
    return lines;
  }

  /** The client just got the flags of this message: no notice is needed any more. */
  toldFlags(message: StoredMessage): void {
    this.flaggedByOthers.delete(message);
  }

  release(): void {
    this.stop();
  }

  appended(): void {
    this.hasNew = true;
    this.on.changed();
  }

  expunged(message: StoredMessage): void {
    if (message.uid > this.lastUid) return;
    this.gone.add(message);
    this.flaggedByOthers.delete(message);
    this.on.changed();
  }

  flagged(message: StoredMessage): void {
    if (this.isSilent) return;
    this.flaggedByOthers.add(message);
    this.on.changed();
  }

  invalidated(reason: string): void {
    this.on.invalidated(reason);
  }

  private takeExpunged(): string[] {
    if (this.gone.size === 0) return [];
    const lines: string[] = [];
    const kept: StoredMessage[] = [];
    for (const message of this.view) {
      if (this.gone.has(message)) lines.push(`* ${kept.length + 1} EXPUNGE`);
      else kept.push(message);
    }
    this.view = kept;
    this.gone.clear();
    return lines;
  }

  private resolveUids(set: SequenceSet): NumberedMessage[] {
    const ranges = resolveStar(set, this.lastUid);
    return this.pick(
      ranges.map(({ from, to }) => ({
        first: this.firstAbove(this.view, from - 1),
        end: this.firstAbove(this.view, to),
      }))
    );
  }

  private pick(ranges: readonly { first: number; end: number }[]): NumberedMessage[] {
    const indexes = new Set<number>();
    for (const { first, end } of ranges) {
      for (let index = first; index < Math.min(end, this.exists); index += 1) indexes.add(index);
    }
    const sorted = ranges.length > 1 ? [...indexes].sort((a, b) => a - b) : [...indexes];
    return sorted.flatMap((index) => {
      const message = this.view[index];
      return message ? [{ number: index + 1, message }] : [];
    });
  }

  private indexOf(message: StoredMessage): number {
    const index = this.firstAbove(this.view, message.uid - 1);
    return this.view[index] === message ? index : -1;
  }

  /** The index of the first message with a UID above `uid`, by binary search. */
  private firstAbove(messages: readonly StoredMessage[], uid: number): number {
    let low = 0;
    let high = messages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((messages[middle]?.uid ?? Infinity) > uid) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
