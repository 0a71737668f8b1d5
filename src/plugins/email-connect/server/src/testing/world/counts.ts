/** How often each kind of event really happened: a model whose faults never strike proves nothing. */
export class Counts {
  private readonly counts = new Map<string, number>();

  add(event: string, times = 1): void {
    this.counts.set(event, (this.counts.get(event) ?? 0) + times);
  }

  merge({ counts }: Counts): void {
    for (const [event, times] of counts) this.add(event, times);
  }

  toString(): string {
    return [...this.counts]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([event, times]) => `${event} ${times}`)
      .join(', ');
  }
}
