import fc from 'fast-check';
import { Counts } from '../../testing/pass-model/counts';
import { history } from '../../testing/pass-model/history';
import { World } from '../../testing/pass-model/world';

/**
 * Random histories of a mailbox, of crashes and of second processes against the real passes and the real decisions.
 * MODEL_RUNS and MODEL_SEED choose how many and which; the counts that are printed show that the faults happen.
 *
 * Each line is a fault that was put into the code, and what finds it:
 * P1 at the end: the net below the cursor not cast; UIDs remembered across a renumbering, or of messages that were not
 *   there, or that a window passed over; a window without its three days; no daily sweep, or one from three days ago
 *   after a gap; a new folder read from now on; an inbox read from its first pass on; no look back, or none for late replies.
 * P1 at a commit: an unreadable message, or a refused body of the quarantine, passed over; the cursor at the end of the
 *   chunk after a shutdown, or at the end of the folder after the first chunk; a changed count of messages not looked at;
 *   a renumbered folder read from now on; a restored backup not noticed.
 * P10 at a commit: `completeUpTo` written with each step.
 * P1 of the quarantine: places of an earlier numbering never lifted.
 * P2: a second write at the cursor of the first; in the records, a stale lease that writes.
 * S7: the bound at the connection left out. S19: a body before its verdict; a side conversation taken for ours.
 * S21: an un-logged thread taken for an open one. c10: what vanished while it was read not recorded.
 */

/** Three messages a chunk: a dozen fill several, and a pass breaks between them. */
jest.mock('../../domain/sync/uid-set', () => {
  const real = jest.requireActual<typeof import('../../domain/sync/uid-set')>('../../domain/sync/uid-set');
  return {
    ...real,
    chunkUids: (...[uids, size]: Parameters<typeof real.chunkUids>) =>
      real.chunkUids(uids, Math.min(size, 3)),
  };
});

const RUNS = Number(process.env.MODEL_RUNS ?? 300);
const SEED = Number(process.env.MODEL_SEED ?? 20_260_301);

test('P1, P2, P3, S19, S21: whatever happens, every eligible message is recorded once and nothing else', async () => {
  const counts = new Counts();
  const begun = Date.now();
  await fc.assert(
    fc.asyncProperty(history, (one) => new World(one, counts).play()),
    { seed: SEED, numRuns: RUNS }
  );
  process.stdout.write(`seed ${SEED}, ${RUNS} histories, ${Date.now() - begun} ms: ${counts.toString()}\n`);
}, 3_600_000);
