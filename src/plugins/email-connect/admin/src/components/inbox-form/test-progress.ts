import type { ConnectionStep, ConnectionTestLine } from '../../../../shared/contracts/connection-test';
import type { Problem } from '../../api/problem';

type ResultLine = Extract<ConnectionTestLine, { result: unknown }>;
export type ConnectionTestResult = ResultLine['result'];

/** A connection test as far as it has come. */
export interface TestProgress {
  /** connectionKey of the draft under test. */
  of: string;
  isRunning: boolean;
  steps: ConnectionStep[];
  result: ConnectionTestResult | null;
  /** Why the test itself broke off. */
  problem: Problem | null;
}

export const startedTest = (of: string): TestProgress => ({
  of,
  isRunning: true,
  steps: [],
  result: null,
  problem: null,
});

/** A step that is told again takes the place of what was told before. */
const withStep = (steps: ConnectionStep[], step: ConnectionStep): ConnectionStep[] =>
  steps.some(({ name }) => name === step.name)
    ? steps.map((known) => (known.name === step.name ? step : known))
    : [...steps, step];

export const withLine = (progress: TestProgress, line: ConnectionTestLine): TestProgress =>
  'step' in line
    ? { ...progress, steps: withStep(progress.steps, line.step) }
    : { ...progress, result: line.result };

/** The end of the answer. One that ends before its result has broken off. */
export const endedTest = (progress: TestProgress, problem: Problem | null): TestProgress => ({
  ...progress,
  isRunning: false,
  problem: problem ?? (progress.result === null ? { kind: 'untold', reason: 'unreachable' } : null),
});

/** Whether it ended without having passed, and no step says why. */
export const hasFailedUnexplained = ({ steps, result }: TestProgress): boolean =>
  result?.passed === false && !steps.some(({ state }) => state === 'failed');

/** Whether this test passed for exactly the connection that stands in the form now. */
export const hasPassedFor = (progress: TestProgress | null, of: string): boolean =>
  progress !== null && !progress.isRunning && progress.of === of && progress.result?.passed === true;
