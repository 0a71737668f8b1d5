import type { SequenceSet } from './sequence-set';

/** What an injected fault does to one command. */
export type FaultEffect =
  /** Cut the connection instead of carrying the command out. */
  | { do: 'drop' }
  /** Carry it out, then cut the connection before the final answer: the client cannot know the outcome. */
  | { do: 'drop-after' }
  /** Cut the connection after so many bytes of the answer. IMAP only. */
  | { do: 'drop-mid-answer'; afterBytes: number }
  /** Refuse it. IMAP: `NO`/`BAD` and text, e.g. `NO [LIMIT] Slow down`. SMTP: code and text, e.g. `451 4.7.1 Later`. */
  | { do: 'answer'; text: string }
  /** Wait before carrying it out. */
  | { do: 'delay'; ms: number }
  /** Accept the command and never answer, as a half-open connection does. */
  | { do: 'ignore' }
  /** Say BYE with these words and hang up. IMAP only. */
  | { do: 'bye'; text: string }
  /**
   * Send exactly these bytes (latin1) in place of an answer, `TAG` for the command's tag, and nothing more. IMAP
   * only.
   */
  | { do: 'send'; text: string }
  /** Send this text again and again until the client hangs up. IMAP only. */
  | { do: 'flood'; text: string }
  /** FETCH leaves out the rows of these UIDs. */
  | { do: 'drop-rows'; uids: readonly number[] }
  /** FETCH answers NIL, or an empty literal, for the header of these UIDs. */
  | { do: 'blank-headers'; uids: readonly number[]; as: BlankHeaders };

export type BlankHeaders = 'nil' | 'empty';

export interface InjectedFault {
  /** `FETCH`, `UID FETCH`, `IDLE`, ... or `SMTP AUTH`, `SMTP MAIL`, `SMTP RCPT`, `SMTP DATA`. */
  command: string;
  effect: FaultEffect;
  /** How many times it happens before it is spent; 1 by default, Infinity for always. */
  times?: number;
  /** How many commands of this name pass first; 0 by default. */
  after?: number;
  /** Only commands on one of these UIDs count. */
  uids?: readonly number[];
}

/** Items that SELECT and EXAMINE may leave out. */
export type SelectItem = 'UIDNEXT' | 'UIDVALIDITY' | 'EXISTS' | 'HIGHESTMODSEQ';

/** The switches of a misbehaving server. Set them at any time; they hold from the next command on. */
export class Faults {
  /** Capabilities that are neither announced nor understood, as on servers that lack them. */
  hiddenCapabilities: string[] = [];
  /** Capabilities that are announced after login and not understood, also those that are hidden. */
  falseCapabilities: string[] = [];
  /** Items that SELECT and EXAMINE leave out. */
  omittedItems: SelectItem[] = [];
  /** Sent in place of the true mod-sequence; null sends the true one. */
  highestModSeq: number | null = null;
  /** Changes in a folder are never announced: not in IDLE, not after another command. */
  staysSilent = false;
  /** Every login is refused, as after a changed password or for a locked account. */
  rejectLogins = false;
  /** The wait before every answer, in milliseconds: a slow line. */
  delayMs = 0;
  private injected: Required<InjectedFault>[] = [];
  private readonly cuts = new Set<() => void>();

  /** Cuts every connection now, as a lost network does: no BYE. */
  dropConnections(): void {
    for (const cut of [...this.cuts]) cut();
  }

  /** Adds a fault for the next commands of one name. Several for one command happen one after the other. */
  inject(fault: InjectedFault): void {
    this.injected.push({ times: 1, after: 0, uids: [], ...fault, command: fault.command.toUpperCase() });
  }

  /** Forgets all faults. */
  clear(): void {
    this.hiddenCapabilities = [];
    this.falseCapabilities = [];
    this.omittedItems = [];
    this.highestModSeq = null;
    this.staysSilent = false;
    this.rejectLogins = false;
    this.delayMs = 0;
    this.injected = [];
  }

  /**
   * The effect due for this command, which counts as used; `set`: the UIDs that the command names. Called by the
   * servers.
   */
  take(command: string, set: SequenceSet = []): FaultEffect | undefined {
    const isAbout = ({ uids }: { uids: readonly number[] }): boolean =>
      uids.length === 0 || uids.some((uid) => set.some(({ from, to }) => uid >= from && uid <= to));
    const candidates = this.injected.filter((one) => one.command === command && isAbout(one));
    const fault = candidates.find(({ after }) => after <= 0);
    for (const one of candidates) if (one !== fault) one.after -= 1;
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.injected = this.injected.filter((one) => one !== fault);
    return fault.effect;
  }

  isHidden(capability: string): boolean {
    return this.hiddenCapabilities.some((hidden) => hidden.toUpperCase() === capability.toUpperCase());
  }

  /** Lets `dropConnections` cut this socket until the returned function is called. */
  onDrop(cut: () => void): () => void {
    this.cuts.add(cut);
    return () => this.cuts.delete(cut);
  }
}
