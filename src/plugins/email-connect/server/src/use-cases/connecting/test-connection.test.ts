import { createRateLimits } from '../../adapters/limits/rate-limits';
import { createClock } from '../../adapters/time';
import { EmailConnectError } from '../../domain/errors';
import type { ServerSettings } from '../../domain/inbox/inbox';
import type { ConnectionStep, Ports } from '../../ports';
import { never } from '../../testing/fakes/never';
import { testConnection, testWithinLimits } from './test-connection';

const MINUTE_MS = 60_000;
const RIGHT = 'correct horse battery';

const server = (host: string, username: string): ServerSettings => ({
  host,
  port: 993,
  tls: 'implicit',
  username,
  pinnedCertificate: null,
});
const uma = server('mail.crm.test', 'uma@crm.test');
const own = server('mail.vic.test', 'vic@vic.test');

/** Two mail servers that take one password each, and count who asked. */
const scene = () => {
  const window = (times: number) => [{ times, windowMs: 10 * MINUTE_MS }] as const;
  const audited: object[] = [];
  let logins = 0;
  const logIn =
    (name: 'imap-login' | 'smtp-login') =>
    async ({ password }: { password: string }, _: AbortSignal, onStep: (step: ConnectionStep) => void) => {
      logins += 1;
      const failure = new EmailConnectError('LOGIN_REFUSED', 'Refused.', 'Check it.');
      const { code, message, nextStep, detail } = failure;
      const error = password === RIGHT ? null : { code, message, nextStep, detail };
      onStep({ name, state: error ? 'failed' : 'passed', finding: '', error });
      if (error) throw failure;
      return [];
    };
  const ports = {
    clock: createClock(async () => Date.now()),
    hosts: {
      resolve: async (host: string) => {
        if (host === 'down.test') throw new EmailConnectError('HOST_NOT_FOUND', 'None.', 'Check it.');
        return '192.0.2.1';
      },
    },
    imap: { test: logIn('imap-login') },
    smtp: { test: logIn('smtp-login') },
    audit: { record: async (entry: object) => void audited.push(entry) },
    rateLimits: createRateLimits({
      send: window(9),
      connect: window(9),
      look: window(9),
      log: window(9),
      login: window(4),
    }),
  } as unknown as Ports;
  const test = async (
    change: { imap?: ServerSettings; smtp?: ServerSettings; imapPassword?: string; smtpPassword?: string },
    actor = 'vic'
  ): Promise<string> => {
    const connection = { provider: 'custom', imap: uma, smtp: uma, imapPassword: RIGHT, smtpPassword: RIGHT };
    try {
      await testWithinLimits(ports, { ...connection, ...change }, actor, never, () => undefined);
      return 'passed';
    } catch (error) {
      return error instanceof EmailConnectError ? error.code : String(error);
    }
  };
  return { test, audited, logins: () => logins };
};
const guess = { imapPassword: 'guess', smtp: own };

describe('S37: guessing a password through the connection test', () => {
  test('ends after so many refused logins, for every account and for the right password too', async () => {
    const { test: tryLogin, audited, logins } = scene();
    for (const actor of ['vic', 'wim', 'vic', 'wim'])
      expect(await tryLogin(guess, actor)).toBe('LOGIN_REFUSED');
    const before = logins();
    for (const actor of ['vic', 'wim', 'xia']) expect(await tryLogin(guess, actor)).toBe('RATE_LIMITED');
    expect(await tryLogin({ smtp: own })).toBe('RATE_LIMITED');
    expect(logins()).toBe(before);
    expect(audited).toEqual([
      {
        action: 'limit.login',
        actor: 'vic',
        subject: 'uma@crm.test at mail.crm.test',
        outcome: 'refused',
        facts: { times: '4', windowSeconds: '600' },
      },
    ]);
  });

  test('many at once are not more', async () => {
    const { test: tryLogin } = scene();
    const codes = await Promise.all(Array.from({ length: 60 }, () => tryLogin(guess)));
    expect(codes.filter((code) => code !== 'RATE_LIMITED')).toHaveLength(4);
  });

  test('through the sending server they count as well, each login for itself', async () => {
    const { test: tryLogin } = scene();
    expect(await tryLogin({ imapPassword: 'guess', smtpPassword: 'other guess' })).toBe('LOGIN_REFUSED');
    expect(await tryLogin({ imap: own, smtpPassword: 'third' })).toBe('LOGIN_REFUSED');
    expect(await tryLogin({ imap: own, smtpPassword: 'fourth' })).toBe('LOGIN_REFUSED');
    expect(await tryLogin({ imap: own, smtpPassword: 'fifth' })).toBe('RATE_LIMITED');
  });

  test('another way to write the mailbox is no other mailbox', async () => {
    const { test: tryLogin } = scene();
    for (const imap of [
      uma,
      server('MAIL.crm.test', 'uma@crm.test'),
      server('mail.crm.test.', 'Uma@CRM.test'),
      uma,
    ])
      expect(await tryLogin({ ...guess, imap })).toBe('LOGIN_REFUSED');
    expect(await tryLogin({ ...guess, imap: server(' mail.crm.test', ' uma@crm.test') })).toBe(
      'RATE_LIMITED'
    );
  });

  test('tests that pass do not count, and no mailbox pays for another', async () => {
    const { test: tryLogin } = scene();
    for (let time = 0; time < 20; time += 1) expect(await tryLogin({})).toBe('passed');
    for (let time = 0; time < 20; time += 1) await tryLogin({ smtp: own, smtpPassword: 'wrong' });
    expect(await tryLogin({ smtp: own })).toBe('RATE_LIMITED');
    expect(await tryLogin({})).toBe('passed');
  });

  test('a server that cannot be reached has refused no login', async () => {
    const { test: tryLogin } = scene();
    for (let time = 0; time < 20; time += 1)
      expect(await tryLogin({ imap: server('down.test', 'uma') })).toBe('HOST_NOT_FOUND');
  });
});

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
      testConnection(ports, connection, signal, ({ name, state, error }) =>
        steps.push([name, state, ...(error ? [error.code] : [])].join(' '))
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
      testConnection(ports, connection, never, ({ error }) => error && told.push(error.nextStep))
    ).rejects.toMatchObject({ nextStep: expect.stringContaining('too few connections') });
    expect(told).toEqual([expect.stringContaining('too few connections')]);
  });
});
