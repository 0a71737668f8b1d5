/** What an injected fault does to one command. */
export type FaultEffect =
  /** Cut the connection instead of carrying the command out. */
  | { do: 'drop' }
  /** Carry it out, then cut the connection before the final answer: the client cannot know. */
  | { do: 'drop-after' }
  /** Cut the connection after so many bytes of the answer. IMAP only. */
  | { do: 'drop-mid-answer'; afterBytes: number }
  /** Refuse it. IMAP: `NO`/`BAD` and text, e.g. `NO [LIMIT] Slow down`. SMTP: code and text, e.g. `451 4.7.1 Later`. */
  | { do: 'answer'; text: string }
  /** Wait before carrying it out. */
  | { do: 'delay'; ms: number };

export interface InjectedFault {
  /** `FETCH`, `UID FETCH`, `IDLE`, ... or `SMTP AUTH`, `SMTP MAIL`, `SMTP RCPT`, `SMTP DATA`. */
  command: string;
  effect: FaultEffect;
  /** How often it happens before it is spent; 1 by default. */
  times?: number;
}

/** The switches of a misbehaving server. Set them at any time; they hold from the next command on. */
export class Faults {
  /** Capabilities that are neither announced nor understood, as on servers that lack them. */
  hiddenCapabilities: string[] = [];
  /** Every login is refused, as when a password was changed or an account was locked. */
  rejectLogins = false;
  /** Waited before every answer, in milliseconds: a slow line. */
  delayMs = 0;
  private injected: Required<InjectedFault>[] = [];
  private readonly cuts = new Set<() => void>();

  /** Cuts every connection now, as a lost network does: no BYE. */
  dropConnections(): void {
    for (const cut of [...this.cuts]) cut();
  }

  /** A fault for the next commands of one name. Several for one command happen one after the other. */
  inject(fault: InjectedFault): void {
    this.injected.push({ times: 1, ...fault, command: fault.command.toUpperCase() });
  }

  /** Forgets all faults. */
  clear(): void {
    this.hiddenCapabilities = [];
    this.rejectLogins = false;
    this.delayMs = 0;
    this.injected = [];
  }

  /** The effect due for this command, used up by asking. For the servers themselves. */
  take(command: string): FaultEffect | undefined {
    const fault = this.injected.find((one) => one.command === command);
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
