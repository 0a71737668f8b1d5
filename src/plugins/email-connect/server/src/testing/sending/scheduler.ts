/** How long a call takes, ms: time goes on while many are asked. */
const CALL_MS = 5;

interface Timer {
  at: number;
  run: () => void;
}

/**
 * Virtual time for all processes at once. Whatever one of them asks of the world waits here, and chance says who is
 * served next; when nobody has anything to ask, time jumps to the next timer.
 */
export class ModelScheduler {
  private readonly ready: (() => void)[] = [];
  /** Soonest first. */
  private readonly timers: Timer[] = [];

  constructor(
    private readonly world: { now: number },
    private readonly choose: (count: number) => number
  ) {}

  post(run: () => void): void {
    this.ready.push(run);
  }

  /** Resolves with how to forget it. */
  after(ms: number, run: () => void): () => void {
    const timer = { at: this.world.now + Math.max(0, ms), run };
    let place = this.timers.length;
    while (place > 0 && (this.timers[place - 1]?.at ?? 0) > timer.at) place -= 1;
    this.timers.splice(place, 0, timer);
    return () => {
      const index = this.timers.indexOf(timer);
      if (index >= 0) this.timers.splice(index, 1);
    };
  }

  async runUntil(at: number): Promise<void> {
    for (;;) {
      await allHasRun();
      if (this.world.now >= at) return;
      this.wakeDue();
      const run = this.take();
      if (run) {
        run();
        this.world.now += CALL_MS;
        continue;
      }
      this.world.now = Math.min(this.timers[0]?.at ?? at, at);
    }
  }

  private wakeDue(): void {
    for (let first = this.timers[0]; first && first.at <= this.world.now; first = this.timers[0]) {
      this.timers.shift();
      this.ready.push(first.run);
    }
  }

  private take(): (() => void) | undefined {
    if (this.ready.length === 0) return undefined;
    return this.ready.splice(this.choose(this.ready.length), 1)[0];
  }
}

/** A macrotask comes after all microtasks. */
const allHasRun = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
