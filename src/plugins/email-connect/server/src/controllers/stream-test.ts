import { PassThrough } from 'node:stream';
import type {
  ConnectionStepAnswer,
  ConnectionTestLine,
  ConnectionTestResult,
} from '../../../shared/contracts/connection-test';
import type { EmailConnectError } from '../domain/errors';
import type { Actor } from '../services/actor';
import { toFailure, wordsOf } from './answer';

type Chosen = Omit<ConnectionTestResult, 'passed' | 'failure'>;

const nothingChosen: Chosen = { folders: [], sentCopy: 'none', sentFolderPath: null };

/**
 * A connection test as the lines of its contract, from its first step on. Rejects with a failure that comes before
 * that, so that it is refused like any other request. A later failure that is not a step's stands in the last line,
 * and is given to `onUntold`.
 */
export const streamTest = (
  test: (onStep: (step: ConnectionStepAnswer) => void) => Promise<Chosen>,
  reader: Pick<Actor, 'managesAll'>,
  onUntold: (failure: EmailConnectError) => void
): Promise<PassThrough> =>
  new Promise((begin, refuse) => {
    const lines = new PassThrough();
    const write = (line: ConnectionTestLine) => lines.write(`${JSON.stringify(line)}\n`);
    let hasBegun = false;
    let isTold = false;
    const onStep = (step: ConnectionStepAnswer) => {
      hasBegun = true;
      isTold ||= step.state === 'failed';
      write({ step: { ...step, error: step.error && wordsOf(step.error, reader) } });
      begin(lines);
    };
    const fail = (error: unknown) => {
      if (!hasBegun) return refuse(error);
      const failure = isTold ? null : toFailure(error);
      if (failure) onUntold(failure);
      write({ result: { passed: false, ...nothingChosen, failure: failure && wordsOf(failure, reader) } });
    };
    test(onStep)
      .then((chosen) => {
        write({ result: { passed: true, ...chosen, failure: null } });
        begin(lines);
      })
      .catch(fail)
      .finally(() => lines.end());
  });
