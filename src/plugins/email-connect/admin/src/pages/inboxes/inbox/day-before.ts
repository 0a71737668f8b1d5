/** The day that lies `days` days before `now`, YYYY-MM-DD in UTC. */
export const dayBefore = (now: Date, days: number): string =>
  new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
