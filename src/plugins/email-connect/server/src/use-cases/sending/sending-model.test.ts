import { setImmediate as endOfJob } from 'node:timers/promises';
import fc from 'fast-check';
import { outgoingStages } from '../../domain/outgoing/stage';
import type { OutgoingStage } from '../../domain/outgoing/stage';
import { comeToRest, runSending, wayOut } from '../../testing/sending/run-sending';
import { sendingHistory } from '../../testing/sending/history';
import { sendingComplaints } from '../../testing/oracle/sending';
import type { SendingWorld } from '../../testing/sending/world';

/**
 * Random histories of people who send, of their servers, and of two processes whose reading and sending loops run side by
 * side in virtual time, against the real use cases. MODEL_RUNS and MODEL_SEED choose how many and which; the counts that
 * are printed show how often a mail came to stand where.
 *
 * Each line is a fault that was put into the code, and what finds it:
 * S51, a mail is handed over again, and the server may have it: an unknown outcome taken for one that passes; a takeover
 *   from `submitting` to `queued`; what is not found in Sent queued or submitted again; the answer recorded within the
 *   `try` of the submission; a refusal of an earlier attempt recorded while a later one is under way.
 * S51, it is handed over, and recorded as something else: a claim never renewed, or of another's live claim; a holder that
 *   does not let go, or later than the claim ends.
 * S51, it is recorded or told as what it is not: a passing refusal told as final while the mail stays queued; a cancelled
 *   mail whatever its stage; a doubted mail refused; a claim that ignores the stage it read; a press that is told what was
 *   hoped, or hears `sent` when its patience is over.
 * S51, its holder knows better: an answer taken from `submitting` only, recorded once instead of until it is, or for as
 *   long only as the loop that submitted.
 * S51, it stays as it is: looks that are not counted; a pause that stops sending; a disconnection that holds nothing;
 *   composed bytes let go before the copy is filed.
 * S51, events: told before the record, or again for a copy that could not be filed. S51, keys: no key; other words under it.
 * S4: a reconnection that releases what waited or was held; a login that a mail was not composed for; a loop, a pause or an
 *   edit that writes over a disconnection. S21: an erasure that leaves what is queued.
 * S9: Sent not searched before an APPEND; an APPEND again at once after an unknown outcome, or after a crash.
 */

const numRuns = Number(process.env.MODEL_RUNS ?? 1_000);
const seed = Number(process.env.MODEL_SEED ?? 20_260_303);

test('S4, S8, S9, S21, S51, P2: whatever breaks and whoever presses, a mail goes out once, and people are told the truth', async () => {
  const startedAt = performance.now();
  const counts = new Map<OutgoingStage, number>();
  await fc.assert(
    fc.asyncProperty(sendingHistory, async (one) => {
      const lived = await runSending(one);
      await comeToRest(lived);
      expect(sendingComplaints(lived.world, false)).toEqual([]);
      await wayOut(lived);
      expect(sendingComplaints(lived.world, true)).toEqual([]);
      count(lived.world, counts);
      // What was composed of signals is kept until then.
      await endOfJob();
    }),
    { numRuns, seed }
  );
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const met = outgoingStages.map((stage) => `${stage} ${counts.get(stage) ?? 0}`).join(', ');
  process.stdout.write(`${numRuns} histories with seed ${seed} in ${seconds} s: ${met}\n`);
  // Of a few histories none may come so far.
  if (numRuns >= 1_000) expect(outgoingStages.filter((stage) => !counts.has(stage))).toEqual([]);
}, 3_600_000);

/** How many mails ever stood in each stage. */
const count = ({ witness }: SendingWorld, counts: Map<OutgoingStage, number>): void => {
  for (const { stages } of witness.mails) {
    for (const stage of new Set(stages.map((one) => one.stage))) {
      counts.set(stage, (counts.get(stage) ?? 0) + 1);
    }
  }
};
