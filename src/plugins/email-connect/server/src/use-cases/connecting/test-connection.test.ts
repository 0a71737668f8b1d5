import { createClock } from '../../adapters/time';
import { EmailConnectError } from '../../domain/errors';
import type { ConnectionStep, Ports } from '../../ports';
import { never } from '../../testing/fakes/never';
import { serverAt } from '../../testing/fakes/server-at';
import { testConnection } from './test-connection';

const RIGHT = 'correct horse battery';

const uma = serverAt('mail.crm.test', 'uma@crm.test');
const own = serverAt('mail.vic.test', 'vic@vic.test');

const admitted = async (): Promise<void> => undefined;

describe('S47: a test whose servers hang', () => {
  const connection = { provider: 'custom', imap: uma, smtp: own, imapPassword: RIGHT, smtpPassword: RIGHT };
  /** Greets, and never answers the login; SMTP is well. */
  const hung = (sleep: Ports['clock']['sleep']) => {
    const steps: string[] = [];
    const running = { name: 'imap-login', state: 'running', finding: '', error: null } as const;
    const ports = {
      clock: { ...createClock(async () => Date.now()), sleep },
      hosts: { resolve: async () => '192.0.2.1' },
      imap: {
        test: (_: object, __: AbortSignal, onStep: (step: ConnectionStep) => void) => {
          onStep(running);
          return new Promise(() => undefined);
        },
      },
      smtp: { test: async () => undefined },
    } as unknown as Ports;
    const test = (signal: AbortSignal) =>
      testConnection(
        ports,
        connection,
        signal,
        ({ name, state, error }) => steps.push([name, state, ...(error ? [error.code] : [])].join(' ')),
        admitted
      );
    return { test, steps };
  };

  test('ends after its time, and leaves no step running', async () => {
    const { test: run, steps } = hung((ms) => createClock(async () => Date.now()).sleep(Math.min(ms, 20)));
    await expect(run(never)).rejects.toMatchObject({ code: 'CONNECTION_TIMED_OUT' });
    expect(steps).toEqual(['imap-login running', 'imap-login failed CONNECTION_TIMED_OUT']);
  });

  test('ends when whoever asked has gone', async () => {
    const { test: run } = hung(createClock(async () => Date.now()).sleep);
    const gone = new AbortController();
    const testing = run(gone.signal);
    gone.abort();
    await expect(testing).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('S39: says nothing of a next try, in its steps too', async () => {
    const failure = new EmailConnectError('LOGIN_THROTTLED', 'Later.', 'It is tried again by itself.');
    const { code, message, nextStep, detail } = failure;
    const told: string[] = [];
    const ports = {
      clock: createClock(async () => Date.now()),
      hosts: { resolve: async () => '192.0.2.1' },
      imap: {
        test: async (_: object, __: AbortSignal, onStep: (step: ConnectionStep) => void) => {
          onStep({
            name: 'imap-login',
            state: 'failed',
            finding: '',
            error: { code, message, nextStep, detail },
          });
          throw failure;
        },
      },
      smtp: { test: async () => undefined },
    } as unknown as Ports;
    await expect(
      testConnection(ports, connection, never, ({ error }) => error && told.push(error.nextStep), admitted)
    ).rejects.toMatchObject({ nextStep: expect.stringContaining('too few connections') });
    expect(told).toEqual([expect.stringContaining('too few connections')]);
  });
});
