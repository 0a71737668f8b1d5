import { EmailConnectError } from '../../domain/errors';

/** Ends a process where it stands: nothing it would have done after this is done. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export type Fault<Change> =
  { kind: 'crash' | 'cut' | 'throttle' | 'steal' | 'abort' } | { kind: 'change'; change: Change };

/** What is to happen at the `at`-th call from the beginning of a turn. */
export interface Interruption<Change> {
  at: number;
  fault: Fault<Change>;
}

/**
 * Every call of a process to the world goes through its gate: there it crashes, loses its connection, or meets a world
 * that changed since its last call.
 */
export class Gate<Change> {
  isAlive = true;
  /** The connection is lost; every further command says so. */
  isCut = false;
  private isThrottled = false;
  private calls = 0;

  constructor(
    private interruptions: readonly Interruption<Change>[],
    private readonly onFault: (fault: Fault<Change>) => Promise<void> | void,
    private readonly onCall: () => void
  ) {}

  /** A call to the records. */
  async pass(): Promise<void> {
    if (!this.isAlive) throw new Crash();
    this.onCall();
    this.calls += 1;
    for (const { at, fault } of this.interruptions.filter((one) => one.at === this.calls)) {
      await this.onFault(fault);
      if (fault.kind === 'cut') this.isCut = true;
      if (fault.kind === 'throttle') this.isThrottled = true;
      if (fault.kind === 'crash') this.isAlive = false;
      if (at === this.calls && !this.isAlive) throw new Crash();
    }
  }

  /** A command to the mail server. */
  async command(): Promise<void> {
    await this.pass();
    if (this.isThrottled) {
      this.isThrottled = false;
      throw new EmailConnectError('SERVER_THROTTLED', 'Slow down.', 'Wait.');
    }
    if (this.isCut) throw new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Connect again.');
  }

  begin(interruptions: readonly Interruption<Change>[]): void {
    this.calls = 0;
    this.interruptions = interruptions;
  }
}
