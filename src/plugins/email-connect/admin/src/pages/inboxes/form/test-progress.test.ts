import type { ConnectionTestLine } from '../../../../../shared/contracts/connection-test';
import { endedTest, hasPassedFor, startedTest, withLine } from './test-progress';

const step = (state: 'running' | 'passed'): ConnectionTestLine => ({
  step: { name: 'imap-reach', state, finding: '', error: null },
});
const result = (passed: boolean): ConnectionTestLine => ({
  result: { passed, folders: [], sentCopy: 'append', sentFolderPath: 'Sent', failure: null },
});

describe('a connection test', () => {
  it('shows a step once, in its latest state', () => {
    const progress = [step('running'), step('passed')].reduce(withLine, startedTest('k'));
    expect(progress.steps).toEqual([{ name: 'imap-reach', state: 'passed', finding: '', error: null }]);
  });

  it('has passed only for the connection that was tested', () => {
    const passed = endedTest(withLine(startedTest('k'), result(true)), null);
    expect(hasPassedFor(passed, 'k')).toBe(true);
    expect(hasPassedFor(passed, 'changed')).toBe(false);
  });

  it('has not passed while it runs, when it failed, or before any', () => {
    expect(hasPassedFor(withLine(startedTest('k'), result(true)), 'k')).toBe(false);
    expect(hasPassedFor(endedTest(withLine(startedTest('k'), result(false)), null), 'k')).toBe(false);
    expect(hasPassedFor(null, 'k')).toBe(false);
  });

  it('S39: says why it failed when no step does, until its end', () => {
    const failure = { code: 'UNEXPECTED', message: 'It failed.', nextStep: 'Look.', detail: '' };
    const line: ConnectionTestLine = {
      result: { passed: false, folders: [], sentCopy: 'none', sentFolderPath: null, failure },
    };
    const failed = endedTest(withLine(withLine(startedTest('k'), step('passed')), line), null);
    expect(failed.problem).toEqual({ kind: 'told', ...failure });
    expect(endedTest(withLine(startedTest('k'), result(false)), null).problem).toBeNull();
  });

  it('has a problem when the answer ended before the result', () => {
    expect(endedTest(startedTest('k'), null).problem).toEqual({ kind: 'untold', reason: 'unreachable' });
  });
});
