import type {
  ConnectionStepAnswer,
  ConnectionTestLine,
  ConnectionTestResult,
} from '../../../../../shared/contracts/connection-test';
import type { Problem } from '../../../api/problem';

/** The progress of a connection test. */
export interface TestProgress {
  /** connectionKey of the draft under test. */
  of: string;
  isRunning: boolean;
  steps: ConnectionStepAnswer[];
  result: ConnectionTestResult | null;
  /** A failure that is not the failure of a step. */
  problem: Problem | null;
}

export const startedTest = (of: string): TestProgress => ({
  of,
  isRunning: true,
  steps: [],
  result: null,
  problem: null,
});

/** A repeated report of a step replaces the earlier one. */
const withStep = (steps: ConnectionStepAnswer[], step: ConnectionStepAnswer): ConnectionStepAnswer[] =>
  steps.some(({ name }) => name === step.name)
    ? steps.map((known) => (known.name === step.name ? step : known))
    : [...steps, step];

export const withLine = (progress: TestProgress, line: ConnectionTestLine): TestProgress => {
  if ('step' in line) return { ...progress, steps: withStep(progress.steps, line.step) };
  const { failure } = line.result;
  return { ...progress, result: line.result, problem: failure && { kind: 'told', ...failure } };
};

/** The end of the answer. An answer that ends before its result was cut off. */
export const endedTest = (progress: TestProgress, problem: Problem | null): TestProgress => ({
  ...progress,
  isRunning: false,
  problem:
    problem ??
    progress.problem ??
    (progress.result === null ? { kind: 'untold', reason: 'unreachable' } : null),
});

/** Whether this test passed for exactly the connection in the form now. */
export const hasPassedFor = (progress: TestProgress | null, of: string): boolean =>
  progress !== null && !progress.isRunning && progress.of === of && progress.result?.passed === true;
