/** At most so many connections are being opened at once, and to one host: a start must not look like an attack (a.13). */
const AT_ONCE = 10;
const AT_ONE_HOST = 2;

/** Lets work that opens a connection run when it is its host's turn, first come first served. */
export class ConnectQueue {
  private readonly waiting: { host: string; begin: () => void }[] = [];
  private readonly running = new Map<string, number>();

  async run<Result>(host: string, work: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((begin) => {
      this.waiting.push({ host, begin });
      this.beginWhatMay();
    });
    try {
      return await work();
    } finally {
      this.running.set(host, this.countOf(host) - 1);
      this.beginWhatMay();
    }
  }

  private beginWhatMay(): void {
    for (const one of [...this.waiting]) {
      const total = [...this.running.values()].reduce((sum, count) => sum + count, 0);
      if (total >= AT_ONCE) return;
      if (this.countOf(one.host) >= AT_ONE_HOST) continue;
      this.waiting.splice(this.waiting.indexOf(one), 1);
      this.running.set(one.host, this.countOf(one.host) + 1);
      one.begin();
    }
  }

  private countOf(host: string): number {
    return this.running.get(host) ?? 0;
  }
}
