/** Ends a turn; a second call does nothing. */
export type Release = () => void;

/**
 * Whose turn it is on a connection: one at a time, first come first served. An open folder holds its turn until it is
 * released, so nobody selects another folder meanwhile.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private taken = false;

  /** True while a caller has the turn. */
  get isTaken(): boolean {
    return this.taken;
  }

  /** True while another caller waits for the turn. */
  get isWanted(): boolean {
    return this.waiting.length > 0;
  }

  /** Resolves when it is the caller's turn. */
  async take(): Promise<Release> {
    if (this.taken) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.taken = true;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.waiting.shift();
      // Handed over at once, so that no other caller can take it.
      if (next) next();
      else this.taken = false;
    };
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.take();
    try {
      return await work();
    } finally {
      release();
    }
  }
}
