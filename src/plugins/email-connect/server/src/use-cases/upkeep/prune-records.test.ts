import type { Ports } from '../../ports';
import { hourlyPruning } from './prune-records';

const HOUR_MS = 3_600_000;

test('old records are removed once an hour, and a database that is away stops nothing', async () => {
  let now = 5;
  let fails = false;
  const pruned: number[] = [];
  const warnings: string[] = [];
  const ports: Partial<{ [Name in keyof Ports]: Partial<Ports[Name]> }> = {
    clock: { monotonicMs: () => now },
    logger: { warn: (line: string) => void warnings.push(line) },
    pruning: {
      prune: async ({ requests, outbox, audit }) => {
        pruned.push(now);
        expect([requests, outbox, audit].map((ms) => ms / (24 * HOUR_MS))).toEqual([30, 90, 730]);
        if (fails) throw new Error('away');
        return 3;
      },
    },
  };
  const prune = hourlyPruning(ports as Ports);
  await prune();
  now += HOUR_MS - 1;
  await prune();
  fails = true;
  now += 1;
  await prune();
  expect(pruned).toEqual([5, 5 + HOUR_MS]);
  expect(warnings).toHaveLength(1);
});
