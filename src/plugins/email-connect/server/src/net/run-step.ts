import { toEmailConnectError } from '../domain/errors';
import type { ConnectionStep } from '../ports';

/**
 * One named step of a connection test: `running`, then `passed` with what `findingOf` makes of the result, or
 * `failed` with its error, which is rethrown.
 */
export const runStep = async <T>(
  onStep: (step: ConnectionStep) => void,
  name: ConnectionStep['name'],
  work: () => Promise<T>,
  findingOf: (result: T) => string = () => ''
): Promise<T> => {
  onStep({ name, state: 'running', finding: '', error: null });
  try {
    const result = await work();
    onStep({ name, state: 'passed', finding: findingOf(result), error: null });
    return result;
  } catch (error) {
    const failure = toEmailConnectError(error);
    const { code, message, nextStep, detail } = failure;
    onStep({ name, state: 'failed', finding: '', error: { code, message, nextStep, detail } });
    throw failure;
  }
};
