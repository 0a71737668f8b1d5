import { unreachable } from '../../../../shared/unreachable';
import { EmailConnectError } from '../../domain/errors';
import type { ErrorCode } from '../../domain/errors';

/**
 * What befalls a process at its `at`-th call of a port. `crash`: killed before the call; `crash-after`: after it took
 * effect, before the answer came (kill -9); `cut`: the connection breaks; `throttle`: the server has enough of us;
 * `drop`: the next scan loses a row; `stop`: the process is told to end; `cut-short`: and is not waited for; `jump`: somebody sets its clock; `mail`, `theft`:
 * whatever the world does meanwhile.
 */
export type Fate =
  | { at: number; kind: 'crash' | 'crash-after' | 'cut' | 'throttle' | 'drop' | 'stop' | 'cut-short' }
  | { at: number; kind: 'jump'; byMs: number }
  | { at: number; kind: 'mail' | 'theft'; meanwhile: () => Promise<void> };

const CAUSES: Record<'cut' | 'throttle', ErrorCode> = {
  cut: 'CONNECTION_LOST',
  throttle: 'SERVER_THROTTLED',
};

/** Which world is asked: a mail server, or anything else. */
export type ModelPort = 'imap' | 'smtp' | 'other';

/** One process: every call it makes passes here, so that it can end at each of them. */
export class ModelProcess {
  readonly controller = new AbortController();
  readonly death: Promise<void>;
  dropsRow = false;
  /** So often it is woken; then it is told to end. */
  wakes = 0;
  isDead = false;
  /** What it is at when it is told to end has no time to end by itself. */
  isCutShort = false;
  calls = 0;
  private broken: ErrorCode | null = null;
  private onDeath: () => void = () => undefined;

  constructor(
    readonly name: string,
    private readonly fates: readonly Fate[],
    /** Hears of each call, and of what befalls the process there. */
    private readonly onCall: (met: readonly Fate[]) => void,
    /** How far its clock on the wall is ahead. */
    public clockOffsetMs = 0
  ) {
    this.death = new Promise((resolve) => {
      this.onDeath = resolve;
    });
  }

  /** A new connection; the one before is forgotten. */
  connected(): void {
    this.broken = null;
  }

  async call<Result>(port: ModelPort, work: () => Result | Promise<Result>): Promise<Result> {
    if (this.isDead) return never();
    const fates = this.fates.filter(({ at }) => at === this.calls);
    this.calls += 1;
    this.onCall(fates);
    if (this.isDead) return never();
    for (const fate of fates) {
      await this.meet(fate);
      // Nothing more befalls it: whoever waits for its death goes on, beside no other process.
      if (this.isDead) return never();
    }
    if (port === 'imap' && this.broken) throw new EmailConnectError(this.broken, 'It broke.', 'Wait.');
    const result = await work();
    if (fates.some(({ kind }) => kind === 'crash-after')) {
      this.die();
      return never();
    }
    return result;
  }

  /** From now on every call to the server fails. */
  breakConnection(code: ErrorCode): void {
    this.broken = code;
  }

  private async meet(fate: Fate): Promise<void> {
    switch (fate.kind) {
      case 'crash':
        return this.die();
      case 'crash-after':
        return;
      case 'cut':
      case 'throttle':
        return this.breakConnection(CAUSES[fate.kind]);
      case 'drop':
        this.dropsRow = true;
        return;
      case 'stop':
      case 'cut-short':
        this.isCutShort = fate.kind === 'cut-short';
        return this.controller.abort();
      case 'jump':
        this.clockOffsetMs += fate.byMs;
        return;
      case 'mail':
      case 'theft':
        return fate.meanwhile();
      default:
        return unreachable(fate);
    }
  }

  die(): void {
    this.isDead = true;
    this.onDeath();
    // Whoever listens would be kept, and its world with it.
    this.controller.abort();
  }
}

const never = <Result>(): Promise<Result> => new Promise<Result>(() => undefined);
