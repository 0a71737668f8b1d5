import { text } from 'node:stream/consumers';
import { connectionTestLine } from '../../../shared/contracts/connection-test';
import type { ConnectionStepAnswer } from '../../../shared/contracts/connection-test';
import { EmailConnectError } from '../domain/errors';
import { streamTest } from './stream-test';

const step = (state: ConnectionStepAnswer['state']): ConnectionStepAnswer => ({
  name: 'imap-login',
  state,
  finding: '',
  error: null,
});
const chosen = { folders: [], sentCopy: 'append' as const, sentFolderPath: 'Sent' };
const refusal = new EmailConnectError('NOT_ALLOWED', 'Not yours.', 'Ask its owner.');

/** What the caller reads, and the codes that the log hears of. */
const streamed = async (test: Parameters<typeof streamTest>[0], managesAll = false) => {
  const untold: string[] = [];
  const lines = await text(await streamTest(test, { managesAll }, ({ code }) => untold.push(code)));
  return {
    lines: lines
      .trim()
      .split('\n')
      .map((line) => connectionTestLine.parse(JSON.parse(line))),
    untold,
  };
};

describe('the lines of a connection test', () => {
  test('its steps, and what was chosen', async () => {
    const passed = await streamed(async (onStep) => {
      onStep(step('running'));
      onStep(step('passed'));
      return chosen;
    });
    expect(passed.lines).toEqual([
      { step: step('running') },
      { step: step('passed') },
      { result: { passed: true, ...chosen, failure: null } },
    ]);
  });

  test('S39: what fails before the first step is refused like any request', async () => {
    await expect(streamed(() => Promise.reject(refusal))).rejects.toBe(refusal);
  });

  test('a failed step says why; the last line does not say it again, and nothing is alarmed', async () => {
    const { lines, untold } = await streamed(async (onStep) => {
      onStep(step('failed'));
      throw new EmailConnectError('LOGIN_REFUSED', 'Refused.', 'Check the password.');
    });
    expect(lines.at(-1)).toMatchObject({ result: { passed: false, failure: null } });
    expect(untold).toEqual([]);
  });

  test.each([
    ['PROTOCOL_MISMATCH', false, ''],
    ['PROTOCOL_MISMATCH', true, 'SSH-2.0-OpenSSH_9.6'],
    ['HOST_PRIVATE', false, ''],
    ['LOGIN_REFUSED', false, 'SSH-2.0-OpenSSH_9.6'],
  ])(
    'S37: what a host said with %s, to somebody who manages all inboxes: %s',
    async (code, managesAll, told) => {
      const { lines } = await streamed(async (onStep) => {
        const error = { code, message: 'Failed.', nextStep: 'Check it.', detail: 'SSH-2.0-OpenSSH_9.6' };
        onStep({ ...step('failed'), error });
        throw refusal;
      }, managesAll);
      expect(lines[0]).toMatchObject({ step: { error: { code, detail: told } } });
    }
  );

  test('S31, S39: what no step says stands in the last line and is heard, without its own words', async () => {
    const { lines, untold } = await streamed(async (onStep) => {
      onStep(step('passed'));
      throw new TypeError('secret is not a function');
    });
    expect(lines.at(-1)).toMatchObject({
      result: { passed: false, failure: { code: 'UNEXPECTED', nextStep: expect.stringMatching(/log/) } },
    });
    expect(JSON.stringify(lines)).not.toContain('secret');
    expect(untold).toEqual(['UNEXPECTED']);
  });
});
