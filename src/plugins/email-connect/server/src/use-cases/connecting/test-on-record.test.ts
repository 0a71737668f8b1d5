import { createRateLimits } from '../../adapters/limits/rate-limits';
import { createClock } from '../../adapters/time';
import { EmailConnectError } from '../../domain/errors';
import type { Inbox, ServerSettings } from '../../domain/inbox/inbox';
import type { ConnectionStep, Ports, ServerAccess } from '../../ports';
import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { never } from '../../testing/fakes/never';
import { serverAt } from '../../testing/fakes/server-at';
import { testOnRecord } from './test-on-record';
import type { ConnectionToTest } from './test-connection';

const MINUTE_MS = 60_000;
const RIGHT = 'correct horse battery';

const uma = serverAt('mail.crm.test', 'uma@crm.test');
const own = serverAt('mail.vic.test', 'vic@vic.test');
const umasInbox = inboxWith({ documentId: 'I', imap: uma, smtp: { ...uma, port: 465 } });
const right: ConnectionToTest = {
  provider: 'custom',
  imap: umasInbox.imap,
  smtp: umasInbox.smtp,
  imapPassword: RIGHT,
  smtpPassword: RIGHT,
};

/** Each name has an address of its own, but that further names of one server can be made up. */
const addressOf = (host: string): string =>
  /(^|\.)mail\.crm\.test\.?$/.test(host) ? '192.0.2.1' : `ip of ${host}`;

/** Mail servers that take one password, and count who asked; `stored`: the one that is stored of the inbox. */
const scene = ({ inbox = umasInbox, stored = RIGHT }: { inbox?: Inbox; stored?: string } = {}) => {
  const window = (times: number) => [{ times, windowMs: 10 * MINUTE_MS }] as const;
  const audited: Record<string, unknown>[] = [];
  /** `<host>: <password>` of each login. */
  const logins: string[] = [];
  const logIn =
    (name: 'imap-login' | 'smtp-login') =>
    async ({ host, password }: ServerAccess, _: AbortSignal, onStep: (step: ConnectionStep) => void) => {
      logins.push(`${host}: ${password}`);
      const failure = new EmailConnectError('LOGIN_REFUSED', 'Refused.', 'Check it.');
      const { code, message, nextStep, detail } = failure;
      const error = password === RIGHT ? null : { code, message, nextStep, detail };
      onStep({ name, state: error ? 'failed' : 'passed', finding: '', error });
      if (error) throw failure;
      return [];
    };
  const inboxes = new FakeInboxes(inbox);
  const ports = {
    clock: createClock(async () => Date.now()),
    hosts: {
      resolve: async ({ host }: ServerSettings) => {
        if (host === 'down.test') throw new EmailConnectError('HOST_NOT_FOUND', 'None.', 'Check it.');
        return addressOf(host);
      },
    },
    imap: { test: logIn('imap-login') },
    smtp: { test: logIn('smtp-login') },
    inboxes: inboxes.records,
    secrets: { open: () => stored },
    audit: { record: async (entry: Record<string, unknown>) => void audited.push(entry) },
    rateLimits: createRateLimits({
      send: window(9),
      connect: window(9),
      look: window(9),
      log: window(9),
      'own-login': window(4),
      login: window(8),
      'server-login': window(24),
    }),
  } as unknown as Ports;
  const test = async (
    change: Partial<ConnectionToTest>,
    actor = 'vic',
    edited: Inbox | null = null,
    onStep: (step: ConnectionStep) => void = () => undefined
  ): Promise<string> => {
    try {
      await testOnRecord(ports, { ...right, ...change }, { actor, inbox: edited }, never, onStep);
      return 'passed';
    } catch (error) {
      return error instanceof EmailConnectError ? error.code : String(error);
    }
  };
  const limited = () => audited.filter(({ action }) => String(action).startsWith('limit.'));
  return { test, audited, limited, logins, inboxes };
};
const guess = { imapPassword: 'guess', smtp: own };

describe('S37: guessing a password through the connection test', () => {
  test('ends for one person after so many refused logins, for the right password too', async () => {
    const { test: tryLogin, limited, logins } = scene();
    for (let time = 0; time < 4; time += 1) expect(await tryLogin(guess)).toBe('LOGIN_REFUSED');
    const before = logins.length;
    for (let time = 0; time < 3; time += 1) expect(await tryLogin(guess)).toBe('RATE_LIMITED');
    expect(await tryLogin({ smtp: own })).toBe('RATE_LIMITED');
    expect(logins).toHaveLength(before);
    expect(limited()).toEqual([
      {
        action: 'limit.own-login',
        actor: 'vic',
        subject: 'uma@crm.test at mail.crm.test by vic',
        outcome: 'refused',
        facts: { times: '4', windowSeconds: '600' },
      },
    ]);
  });

  test('ends for all accounts together; one of them cannot shut out the others', async () => {
    const { test: tryLogin, limited } = scene();
    for (let time = 0; time < 9; time += 1) await tryLogin(guess, 'vic');
    for (let time = 0; time < 4; time += 1) expect(await tryLogin(guess, 'wim')).toBe('LOGIN_REFUSED');
    expect(await tryLogin(guess, 'xia')).toBe('RATE_LIMITED');
    expect(await tryLogin({ smtp: own }, 'xia')).toBe('RATE_LIMITED');
    expect(limited().map(({ action, subject }) => [action, subject])).toEqual([
      ['limit.own-login', 'uma@crm.test at mail.crm.test by vic'],
      ['limit.login', 'uma@crm.test at mail.crm.test'],
    ]);
  });

  test('does not keep those who may change the inbox from mending it, who have a count of their own', async () => {
    const { test: tryLogin } = scene();
    for (const actor of ['vic', 'wim', 'xia'])
      for (let time = 0; time < 4; time += 1) await tryLogin(guess, actor);
    expect(await tryLogin(guess, 'yan')).toBe('RATE_LIMITED');
    expect(await tryLogin({}, 'uma', umasInbox)).toBe('passed');
    for (let time = 0; time < 4; time += 1)
      expect(await tryLogin(guess, 'uma', umasInbox)).toBe('LOGIN_REFUSED');
    expect(await tryLogin(guess, 'uma', umasInbox)).toBe('RATE_LIMITED');
  });

  test('an inbox of one’s own gives no further guesses at the mailbox of another', async () => {
    const vics = inboxWith({ documentId: 'V', imap: own, smtp: own });
    const { test: tryLogin } = scene({ inbox: vics });
    for (let time = 0; time < 4; time += 1) expect(await tryLogin(guess, 'vic')).toBe('LOGIN_REFUSED');
    expect(await tryLogin(guess, 'vic', vics)).toBe('RATE_LIMITED');
  });

  test('many at once are not more', async () => {
    const { test: tryLogin, logins } = scene();
    const codes = await Promise.all(Array.from({ length: 60 }, () => tryLogin(guess)));
    expect(codes.filter((code) => code !== 'RATE_LIMITED')).toHaveLength(4);
    expect(logins.filter((login) => login.includes('guess'))).toHaveLength(4);
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
      serverAt('MAIL.crm.test', 'uma@crm.test'),
      serverAt('mail.crm.test.', 'Uma@CRM.test'),
      uma,
    ])
      expect(await tryLogin({ ...guess, imap })).toBe('LOGIN_REFUSED');
    expect(await tryLogin({ ...guess, imap: serverAt(' mail.crm.test', ' uma@crm.test') })).toBe(
      'RATE_LIMITED'
    );
  });

  test('neither one password for many mailboxes, nor many names for one server, is a way round', async () => {
    const { test: tryLogin, logins } = scene();
    const steps: ConnectionStep[] = [];
    const trick = (number: number, actor: string) =>
      tryLogin(
        { ...guess, imap: serverAt(`a${number}.mail.crm.test`, `user${number}@crm.test`) },
        actor,
        null,
        (step) => steps.push(step)
      );
    for (let number = 0; number < 24; number += 1)
      expect(await trick(number, number % 2 === 0 ? 'vic' : 'wim')).toBe('LOGIN_REFUSED');
    const atServer = () => logins.filter((login) => login.includes('guess')).length;
    const before = atServer();
    steps.length = 0;
    expect(await trick(24, 'xia')).toBe('RATE_LIMITED');
    expect(atServer()).toBe(before);
    expect(steps).toContainEqual(
      expect.objectContaining({
        name: 'imap-reach',
        state: 'failed',
        error: expect.objectContaining({
          code: 'RATE_LIMITED',
          nextStep: expect.stringMatching(/^Try again in/),
        }),
      })
    );
    expect(await tryLogin({}, 'uma', umasInbox)).toBe('passed');
  });

  test('tests that pass do not count, and no mailbox pays for another', async () => {
    const { test: tryLogin } = scene();
    for (let time = 0; time < 30; time += 1) expect(await tryLogin({})).toBe('passed');
    for (let time = 0; time < 20; time += 1) await tryLogin({ smtp: own, smtpPassword: 'wrong' });
    expect(await tryLogin({ smtp: own })).toBe('RATE_LIMITED');
    expect(await tryLogin({})).toBe('passed');
  });

  test('a server that cannot be reached has refused no login', async () => {
    const { test: tryLogin } = scene();
    for (let time = 0; time < 20; time += 1)
      expect(await tryLogin({ imap: serverAt('down.test', 'uma') })).toBe('HOST_NOT_FOUND');
  });
});

describe('S43: a password that was left empty', () => {
  const empty = { imapPassword: '', smtpPassword: '' };

  test('is the stored one for the login it was entered for', async () => {
    const { test: tryLogin, logins } = scene();
    expect(await tryLogin(empty, 'uma', umasInbox)).toBe('passed');
    expect(logins).toEqual([`mail.crm.test: ${RIGHT}`, `mail.crm.test: ${RIGHT}`]);
  });

  test.each<[string, Partial<ConnectionToTest>]>([
    ['another host to read from', { imap: { ...umasInbox.imap, host: 'mail.vic.test' } }],
    ['another host to send over', { smtp: { ...umasInbox.smtp, host: 'mail.vic.test' } }],
    ['another port', { imap: { ...umasInbox.imap, port: 1993 } }],
    ['another kind of TLS', { smtp: { ...umasInbox.smtp, tls: 'starttls' } }],
    [
      'a certificate that a person trusts',
      { imap: { ...umasInbox.imap, pinnedCertificate: 'ab'.repeat(32) } },
    ],
    ['another user name', { smtp: { ...umasInbox.smtp, username: 'vic' } }],
  ])('is asked for again for %s, and goes nowhere', async (_, change) => {
    const { test: tryLogin, logins, audited } = scene();
    expect(await tryLogin({ ...empty, ...change }, 'mia', umasInbox)).toBe('PASSWORD_NEEDED');
    expect(logins).toEqual([]);
    expect(audited).toEqual([expect.objectContaining({ actor: 'mia', subject: 'I', outcome: 'refused' })]);
  });

  test('of one server goes there, when the other was changed and its password typed in', async () => {
    const { test: tryLogin, logins } = scene();
    const imap = { ...umasInbox.imap, host: 'new.crm.test' };
    expect(await tryLogin({ imap, imapPassword: 'typed', smtpPassword: '' }, 'uma', umasInbox)).toBe(
      'LOGIN_REFUSED'
    );
    expect(logins.sort()).toEqual([`mail.crm.test: ${RIGHT}`, 'new.crm.test: typed']);
  });

  test('is not the one that another person enters in this very moment for another server', async () => {
    const { test: tryLogin, inboxes, logins } = scene();
    const seen = umasInbox;
    await inboxes.records.change('I', () => ({ imap: { ...umasInbox.imap, host: 'new.crm.test' } }));
    expect(await tryLogin(empty, 'mia', seen)).toBe('INBOX_CHANGED');
    expect(logins).toEqual([]);
  });

  test('is asked for where none is stored', async () => {
    const disconnected = { ...umasInbox, state: 'disconnected' as const };
    const { test: tryLogin, inboxes } = scene({ inbox: disconnected });
    inboxes.forgetSecrets();
    expect(await tryLogin(empty, 'uma', disconnected)).toBe('INBOX_NOT_CONNECTED');
  });
});

describe('S37: every test of a connection is on record', () => {
  const record = { action: 'inbox.tested', actor: 'vic' };
  const places = { imap: 'mail.crm.test:993', smtp: 'mail.crm.test:465' };

  test('one that passed, with where the password went', async () => {
    const { test: tryLogin, audited } = scene();
    await tryLogin({});
    await tryLogin({}, 'vic', umasInbox);
    expect(audited).toEqual([
      { ...record, subject: 'mail.crm.test:993', outcome: 'ok', facts: places },
      { ...record, subject: 'I', outcome: 'ok', facts: places },
    ]);
  });

  test('one that failed, with its code and without any password or user name', async () => {
    const { test: tryLogin, audited } = scene();
    await tryLogin({ imapPassword: 'guess', smtpPassword: 'guess' });
    await tryLogin({ imap: serverAt('down.test', 'uma') });
    expect(audited).toMatchObject([
      { ...record, outcome: 'refused', facts: { ...places, code: 'LOGIN_REFUSED' } },
      { ...record, outcome: 'refused', facts: { imap: 'down.test:993', code: 'HOST_NOT_FOUND' } },
    ]);
    expect(JSON.stringify(audited)).not.toMatch(/guess|uma/);
  });

  test('of those that a limit refuses, one line in a window', async () => {
    const { test: tryLogin, audited } = scene();
    for (let time = 0; time < 4 + 20; time += 1) await tryLogin(guess);
    expect(audited).toHaveLength(4 + 1);
  });
});
