import type {
  ConnectionStepAnswer,
  ConnectionTestLine,
  ConnectionTestResult,
} from '../../../../../shared/contracts/connection-test';
import type { Problem } from '../../../api/problem';

/** A connection test as far as it has come. */
export interface TestProgress {
  /** connectionKey of the draft under test. */
  of: string;
  isRunning: boolean;
  steps: ConnectionStepAnswer[];
  result: ConnectionTestResult | null;
  /** What went wrong and is not the failure of a step. */
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
const withStep = (steps: ConnectionStepAnswer[], step: ConnectionStepAnswer): ConnectionStepAnswer[] =>
  steps.some(({ name }) => name === step.name)
    ? steps.map((known) => (known.name === step.name ? step : known))
    : [...steps, step];

export const withLine = (progress: TestProgress, line: ConnectionTestLine): TestProgress => {
  if ('step' in line) return { ...progress, steps: withStep(progress.steps, line.step) };
  const { failure } = line.result;
  return { ...progress, result: line.result, problem: failure && { kind: 'told', ...failure } };
};

/** The end of the answer. One that ends before its result has broken off. */
export const endedTest = (progress: TestProgress, problem: Problem | null): TestProgress => ({
  ...progress,
  isRunning: false,
  problem:
    problem ??
    progress.problem ??
    (progress.result === null ? { kind: 'untold', reason: 'unreachable' } : null),
});

/** Whether this test passed for exactly the connection that stands in the form now. */
export const hasPassedFor = (progress: TestProgress | null, of: string): boolean =>
  progress !== null && !progress.isRunning && progress.of === of && progress.result?.passed === true;
