import { EmailConnectError } from '../../domain/errors';
import { ModelProcess } from '../world/process';
import type { ModelPort } from '../world/process';
import type { ModelScheduler } from './scheduler';
import type { CallFate, CallName } from './history';

const HANG_MS = 100_000;
export const LONG_AWAY_MS = 400_000;

/** What decides over a process from outside. */
export interface Fortune {
  /** What befalls this call. */
  fateOf(slot: number, name: CallName): CallFate | null;
  /** The database cannot be asked from there just now. */
  isAway(slot: number): boolean;
  goAway(slot: number, ms: number): void;
}

/** One of the two processes, for as long as it lives: every call it makes is served when chance has it so. */
export class SendingProcess extends ModelProcess {
  /** What it does for people, until it is told to end. */
  readonly underWay = new Set<Promise<unknown>>();

  constructor(
    name: string,
    readonly slot: number,
    clockOffsetMs: number,
    private readonly scheduler: ModelScheduler,
    private readonly fortune: Fortune
  ) {
    super(name, [], () => undefined, clockOffsetMs);
  }

  override call<Result>(
    port: ModelPort,
    work: () => Result | Promise<Result>,
    name: CallName = 'any'
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      const serve = (): void => {
        settled(work).then(
          (result) => this.isDead || resolve(result),
          (error: unknown) => this.isDead || reject(error)
        );
      };
      this.scheduler.post(() => {
        if (this.isDead) return;
        const fate = this.fortune.fateOf(this.slot, name);
        if (fate === 'crash') return this.die();
        if (fate === 'crash-after') {
          settled(work).catch(() => undefined);
          return this.die();
        }
        if (fate === 'goes-away') this.fortune.goAway(this.slot, LONG_AWAY_MS);
        if (port !== 'other') {
          if (fate === 'goes-away') return serve();
          if (fate === 'away' || fate === 'lost') return reject(brokenConnection());
          return fate === null ? serve() : void this.after(HANG_MS, serve);
        }
        if (fate === 'away' || this.fortune.isAway(this.slot)) return reject(away());
        if (fate === 'hangs-before') return void this.after(HANG_MS, serve);
        if (fate === null) return serve();
        const answer = settled(work);
        answer.catch(() => undefined);
        if (fate === 'lost') return reject(away());
        this.after(HANG_MS, () => void answer.then(resolve, reject));
      });
    });
  }

  /** Nothing happens for a process that is dead. Resolves with how to forget it. */
  after(ms: number, run: () => void): () => void {
    return this.scheduler.after(ms, () => {
      if (!this.isDead) run();
    });
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = (): void => {
        forget();
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const forget = this.after(ms, wake);
      signal?.addEventListener('abort', wake);
    });
  }
}

const settled = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => work();

const away = (): Error => new Error('The database cannot be asked.');

const brokenConnection = (): EmailConnectError =>
  new EmailConnectError('CONNECTION_LOST', 'The connection broke.', 'Wait.');
