/**
 * The bytes of a socket, taken out by line or by count. Reading waits for more; after `end()` a read
 * that cannot be satisfied answers null. One reader at a time.
 */
export class ByteInput {
  private chunks: Buffer[] = [];
  private length = 0;
  private hasEnded = false;
  private wake: () => void = () => undefined;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
    this.wake();
  }

  end(): void {
    this.hasEnded = true;
    this.wake();
  }

  /** Forgets the bytes that were not read yet. */
  clear(): void {
    this.chunks = [];
    this.length = 0;
  }

  /** The next line as latin1 without its line end; null at the end; 'too long' past the limit. */
  async line(limit: number): Promise<string | 'too long' | null> {
    for (;;) {
      const buffered = this.joined();
      const end = buffered.indexOf(0x0a);
      if (end > limit || (end < 0 && buffered.length > limit)) return 'too long';
      if (end >= 0)
        return this.take(end + 1)
          .toString('latin1')
          .replace(/\r?\n$/, '');
      if (this.hasEnded) return null;
      await this.more();
    }
  }

  async bytes(count: number): Promise<Buffer | null> {
    while (this.length < count) {
      if (this.hasEnded) return null;
      await this.more();
    }
    return this.take(count);
  }

  private joined(): Buffer {
    if (this.chunks.length !== 1) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  private take(count: number): Buffer {
    const buffered = this.joined();
    this.chunks = [buffered.subarray(count)];
    this.length -= count;
    return buffered.subarray(0, count);
  }

  private more(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
