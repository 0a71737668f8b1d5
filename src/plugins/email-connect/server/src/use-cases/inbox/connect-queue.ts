import { givenUp, orGivenUp } from '../../domain/give-up';

/** Limits of connections being opened, in all and to one host: a start must not look like an attack (a.13). */
const AT_ONCE = 10;
const AT_ONE_HOST = 2;

/** Runs work that opens a connection when it is its host's turn, first come first served. */
export class ConnectQueue {
  private readonly waiting: { host: string; begin: () => void }[] = [];
  /** Hosts to which nothing is being opened have no entry. */
  private readonly running = new Map<string, number>();

  /** How many hosts have an entry. */
  get hosts(): number {
    return this.running.size;
  }

  /**
   * Rejects with `givenUp`, and makes room, at once when `signal` aborts: the work may still be queued, or may hang.
   */
  async run<Result>(host: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    await this.turn(host, signal);
    try {
      return await orGivenUp(signal, work());
    } finally {
      this.count(host, -1);
      this.beginWhatMay();
    }
  }

  private async turn(host: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw givenUp(signal);
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(one), 1);
        reject(givenUp(signal));
      };
      const one = {
        host,
        begin: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave);
      this.waiting.push(one);
      this.beginWhatMay();
    });
  }

  private beginWhatMay(): void {
    for (const one of [...this.waiting]) {
      const total = [...this.running.values()].reduce((sum, count) => sum + count, 0);
      if (total >= AT_ONCE) return;
      if (this.countOf(one.host) >= AT_ONE_HOST) continue;
      this.waiting.splice(this.waiting.indexOf(one), 1);
      this.count(one.host, 1);
      one.begin();
    }
  }

  private count(host: string, change: number): void {
    const count = this.countOf(host) + change;
    if (count > 0) this.running.set(host, count);
    else this.running.delete(host);
  }

  private countOf(host: string): number {
    return this.running.get(host) ?? 0;
  }
}
