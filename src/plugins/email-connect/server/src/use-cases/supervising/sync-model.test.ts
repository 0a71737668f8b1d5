import { setImmediate as endOfJob } from 'node:timers/promises';
import fc from 'fast-check';
import { judgeHistory } from '../../testing/oracle/judge-history';
import { Counts } from '../../testing/world/counts';
import { history } from '../../testing/world/history';

const mockChunk = { size: 250 };

jest.mock('../../domain/sync/uid-set', () => {
  const real = jest.requireActual<typeof import('../../domain/sync/uid-set')>('../../domain/sync/uid-set');
  return {
    ...real,
    chunkUids: (...[uids, size]: Parameters<typeof real.chunkUids>) =>
      real.chunkUids(uids, Math.min(size, mockChunk.size)),
  };
});

const numRuns = Number(process.env.MODEL_RUNS ?? 600);
const seed = Number(process.env.MODEL_SEED ?? 20_260_302);

test('P1, P2, P3, S12, S19, S21: whatever happens, each of our messages is recorded once, and no other is read', async () => {
  const startedAt = performance.now();
  const counts = new Counts();
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      mockChunk.size = one.chunk;
      const { world, complaints } = await judgeHistory(one);
      expect(complaints).toEqual([]);
      counts.merge(world.counts);
      // What was composed of signals is kept until then.
      await endOfJob();
    }),
    { numRuns, seed }
  );
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${numRuns} histories with seed ${seed} in ${seconds} s: ${counts.toString()}\n`);
}, 1_800_000);
