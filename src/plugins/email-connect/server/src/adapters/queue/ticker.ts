import { schedule } from 'node-cron';

/** Runs `task` every 15 seconds, never twice at once; `stop` ends it. Failures go to `onError` and end nothing. */
export const startTicker = (
  task: () => Promise<void>,
  onError: (error: unknown) => void
): { stop(): Promise<void> } => {
  const job = schedule('*/15 * * * * *', () => task().catch(onError), {
    noOverlap: true,
    name: 'email-connect',
  });
  return { stop: async () => void (await job.destroy()) };
};
