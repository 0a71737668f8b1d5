import { inAnswer, nextStepInAnswer } from '../../domain/asked';
import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import { chooseFolders } from '../../domain/inbox/choose-folders';
import type { ServerSettings } from '../../domain/inbox/inbox';
import type { ConnectionStep, Ports } from '../../ports';
import { assertWithinLimit } from '../limits';
import { inTime } from '../waiting';
import { dial } from '../inbox';

type TestPorts = Pick<Ports, 'clock' | 'hosts' | 'imap' | 'smtp'>;
type LimitedPorts = TestPorts & Pick<Ports, 'rateLimits' | 'audit'>;
type Side = 'imap' | 'smtp';

/** What a person entered, with the passwords that are to be tried. */
export interface ConnectionToTest {
  provider: string;
  imap: ServerSettings;
  smtp: ServerSettings;
  imapPassword: string;
  smtpPassword: string;
}

export type ChosenFolders = ReturnType<typeof chooseFolders>;

/**
 * `testConnection`, or RATE_LIMITED when logins to one of the two mailboxes were refused too often lately, whoever
 * tried: nobody can guess a password by trying (S37). An attempt is counted before it is made, so that many attempts
 * at once gain nothing; a login that is not refused is taken off the count.
 */
export const testWithinLimits = async (
  ports: LimitedPorts,
  connection: ConnectionToTest,
  actor: string,
  signal: AbortSignal,
  onStep: (step: ConnectionStep) => void
): Promise<ChosenFolders> => {
  const mailboxes = { imap: mailboxOf(connection.imap), smtp: mailboxOf(connection.smtp) };
  const unrefused = new Set<Side>();
  try {
    for (const side of ['imap', 'smtp'] as const) {
      await assertWithinLimit(ports, 'login', mailboxes[side], actor);
      unrefused.add(side);
    }
    return await testConnection(ports, connection, signal, (step) => {
      if (step.state === 'failed' && step.name === 'imap-login') unrefused.delete('imap');
      if (step.state === 'failed' && step.name === 'smtp-login') unrefused.delete('smtp');
      onStep(step);
    });
  } finally {
    for (const side of unrefused) await ports.rateLimits.takeBack('login', mailboxes[side]);
  }
};

/** The same for every way to write it. */
export const mailboxOf = ({ host, username }: ServerSettings): string =>
  `${username.trim().toLowerCase()} at ${host.trim().toLowerCase().replace(/\.$/, '')}`;

/** Longer than a person waits; each step has a limit of its own, and together these may exceed this one. */
const LONGEST_TEST_MS = 60_000;

/**
 * Tests both servers, step by step: reached, TLS, logged in, folders read. `onStep` hears each step as it runs and
 * ends. Resolves with the folders that would be watched; rejects with the first failure, after both servers were
 * tried, or with CONNECTION_TIMED_OUT after a minute. Ends when `signal` aborts.
 */
export const testConnection = async (
  ports: TestPorts,
  connection: ConnectionToTest,
  signal: AbortSignal,
  onStep: (step: ConnectionStep) => void
): Promise<ChosenFolders> => {
  const steps = toldSteps(onStep);
  try {
    return await inTime(ports.clock, signal, LONGEST_TEST_MS, tookTooLong, (attempt) =>
      testBoth(ports, connection, attempt, steps.tell)
    );
  } catch (error) {
    const failure = inAnswer(toEmailConnectError(error));
    steps.end(failure);
    throw failure;
  }
};

const testBoth = async (
  ports: TestPorts,
  { imap, smtp, imapPassword, smtpPassword, provider }: ConnectionToTest,
  attempt: AbortSignal,
  tell: (step: ConnectionStep) => void
): Promise<ChosenFolders> => {
  const [read, sent] = await Promise.allSettled([
    reach(ports, imap, imapPassword, attempt, 'imap-reach', tell).then((access) =>
      ports.imap.test(access, attempt, tell)
    ),
    reach(ports, smtp, smtpPassword, attempt, 'smtp-reach', tell).then((access) =>
      ports.smtp.test(access, attempt, tell)
    ),
  ]);
  if (read.status === 'rejected') throw toEmailConnectError(read.reason);
  if (sent.status === 'rejected') throw toEmailConnectError(sent.reason);
  return chooseFolders(read.value, provider);
};

/**
 * Passes steps on, in words for the person who asked. After its end it passes nothing on, and leaves no step running.
 */
const toldSteps = (onStep: (step: ConnectionStep) => void) => {
  const running = new Set<ConnectionStep['name']>();
  let isOver = false;
  return {
    tell: (step: ConnectionStep): void => {
      if (isOver) return;
      if (step.state === 'running') running.add(step.name);
      else running.delete(step.name);
      const { error } = step;
      onStep({ ...step, error: error && { ...error, nextStep: nextStepInAnswer(error) } });
    },
    end: (failure: EmailConnectError): void => {
      for (const name of running) onStep(failed(name, failure));
      isOver = true;
    },
  };
};

const failed = (name: ConnectionStep['name'], failure: EmailConnectError): ConnectionStep => {
  const { code, message, nextStep, detail } = failure;
  return { name, state: 'failed', finding: '', error: { code, message, nextStep, detail } };
};

const tookTooLong = (): EmailConnectError =>
  new EmailConnectError(
    'CONNECTION_TIMED_OUT',
    'The mail servers took longer than a minute.',
    'Try again later; if it stays, ask who runs the mail server.'
  );

/** A host that cannot be resolved or is not allowed fails the step that would have reached it. */
const reach = async (
  ports: TestPorts,
  server: ServerSettings,
  password: string,
  attempt: AbortSignal,
  name: ConnectionStep['name'],
  tell: (step: ConnectionStep) => void
) => {
  try {
    return await dial(ports, server, password, attempt);
  } catch (error) {
    tell(failed(name, toEmailConnectError(error)));
    throw error;
  }
};
