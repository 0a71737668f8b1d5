import { setImmediate as endOfJob } from 'node:timers/promises';
import fc from 'fast-check';
import { history } from '../../testing/world/history';
import { complaintsOf, lateComplaints } from '../../testing/oracle/at-rest';
import { calmDown, runHistory, settle } from '../../testing/world/run-history';

const numRuns = Number(process.env.MODEL_RUNS ?? 300);
const seed = Number(process.env.MODEL_SEED ?? 20_260_302);

test('P1, P2, P3, S12, S19, S21: whatever happens, each of our messages is recorded once, and no other is read', async () => {
  const startedAt = performance.now();
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      const world = await runHistory(one);
      await calmDown(world);
      expect(lateComplaints(world)).toEqual([]);
      const settledFrom = world.now;
      await settle(world);
      expect(complaintsOf(world, settledFrom)).toEqual([]);
      // What was composed of signals is kept until then.
      await endOfJob();
    }),
    { numRuns, seed }
  );
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${numRuns} histories with seed ${seed} in ${seconds} s\n`);
}, 1_800_000);
