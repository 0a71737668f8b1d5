import { inAnswer, nextStepInAnswer } from '../../domain/asked';
import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import { chooseFolders } from '../../domain/inbox/choose-folders';
import type { ServerSettings } from '../../domain/inbox/inbox';
import type { ConnectionStep, Ports, ServerAccess } from '../../ports';
import { inTime } from '../waiting';
import { dial } from '../inbox';

type TestPorts = Pick<Ports, 'clock' | 'hosts' | 'imap' | 'smtp'>;
type Side = 'imap' | 'smtp';
/** Rejects when this server may not be dialled; its failure is then that of the step that would have reached it. */
type Admit = (side: Side, ip: string) => Promise<void>;

/** What a person entered, with the passwords that are to be tried. */
export interface ConnectionToTest {
  provider: string;
  imap: ServerSettings;
  smtp: ServerSettings;
  imapPassword: string;
  smtpPassword: string;
}

export type ChosenFolders = ReturnType<typeof chooseFolders>;

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
  onStep: (step: ConnectionStep) => void,
  admit: Admit
): Promise<ChosenFolders> => {
  const steps = toldSteps(onStep);
  try {
    return await inTime(ports.clock, signal, LONGEST_TEST_MS, tookTooLong, (attempt) =>
      testBoth(ports, connection, attempt, steps.tell, admit)
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
  tell: (step: ConnectionStep) => void,
  admit: Admit
): Promise<ChosenFolders> => {
  const reach = async (side: Side, server: ServerSettings, password: string): Promise<ServerAccess> => {
    try {
      const access = await dial(ports, server, password, attempt);
      await admit(side, access.ip);
      return access;
    } catch (error) {
      tell(failed(`${side}-reach`, toEmailConnectError(error)));
      throw error;
    }
  };
  const [read, sent] = await Promise.allSettled([
    reach('imap', imap, imapPassword).then((access) => ports.imap.test(access, attempt, tell)),
    reach('smtp', smtp, smtpPassword).then((access) => ports.smtp.test(access, attempt, tell)),
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
