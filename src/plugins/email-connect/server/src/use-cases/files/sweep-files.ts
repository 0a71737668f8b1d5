import { toEmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';

type SweepPorts = Pick<Ports, 'attachments' | 'files' | 'inboxes' | 'clock' | 'logger'>;

const DAY_MS = 24 * 3_600_000;
const EVERY_MS = 6 * 3_600_000;

/**
 * Deletes files that no record names and that were not saved within the last day: files of un-logged and removed
 * mail, of mail that was never recorded, and remains of interrupted saves. Nothing else deletes files of mail, so a
 * file that is saved but not recorded yet is safe: it is young, and saving it again makes it young again. Ends early
 * when `signal` aborts. Resolves with the number of deleted files.
 */
export const sweepFiles = async (ports: SweepPorts, signal: AbortSignal): Promise<number> => {
  const { attachments, files, logger } = ports;
  const before = new Date(ports.clock.now().getTime() - DAY_MS);
  // A database without any inbox is a new one, or the wrong one.
  if ((await ports.inboxes.list()).length === 0) return 0;
  await attachments.tidyUp(before);
  let swept = 0;
  for await (const batch of attachments.listSavedBefore(before)) {
    if (signal.aborted) break;
    const used = await files.used(batch);
    for (const { storageKey } of batch) {
      if (used.has(storageKey)) continue;
      try {
        if (await attachments.removeSavedBefore(storageKey, before)) swept += 1;
      } catch (error) {
        // A file that cannot be deleted does not keep the others from it.
        logger.warn(`The file ${storageKey} is used no more and could not be deleted: ${wordsOf(error)}`);
      }
    }
  }
  if (swept > 0) logger.info(`Deleted ${swept} files that nothing uses any more.`);
  return swept;
};

export interface Sweeper {
  /** Begins a sweep in the background when one is due: at the first tick, then every six hours. Never two at once. */
  tick(): void;
}

export const createSweeper = (ports: SweepPorts & Pick<Ports, 'background'>): Sweeper => {
  let dueAt = -Infinity;
  let isUnderWay = false;
  const sweep = async (): Promise<void> => {
    try {
      await ports.background.run((signal) => sweepFiles(ports, signal));
    } catch (error) {
      ports.logger.warn(`The files that nothing uses any more are deleted later: ${wordsOf(error)}`);
    }
    isUnderWay = false;
    dueAt = ports.clock.monotonicMs() + EVERY_MS;
  };
  return {
    tick: () => {
      if (isUnderWay || ports.clock.monotonicMs() < dueAt) return;
      isUnderWay = true;
      void sweep();
    },
  };
};

const wordsOf = (error: unknown): string => {
  const { code, detail } = toEmailConnectError(error);
  return `${code} ${detail}`.trim();
};
