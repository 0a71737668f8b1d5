import type { History } from '../world/history';
import { calmDown, runHistory, settle } from '../world/run-history';
import type { ModelWorld } from '../world/world';
import { AtCommit } from './at-commit';
import { complaintsOf, lateComplaints } from './at-rest';

/** Lives through a history and the days after it. Resolves with one sentence for each thing that must never be. */
export const judgeHistory = async (
  history: History
): Promise<{ world: ModelWorld; complaints: string[] }> => {
  const { world, judge } = await runHistory(history, (observed) => new AtCommit(observed));
  if (world.complaints.length > 0) return { world, complaints: world.complaints };
  await calmDown(world);
  const early = [...world.complaints, ...lateComplaints(world)];
  if (early.length > 0) return { world, complaints: early };
  const settledFrom = world.now;
  await settle(world);
  return { world, complaints: complaintsOf(world, settledFrom, judge.passed) };
};
