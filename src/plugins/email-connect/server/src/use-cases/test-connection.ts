import { toEmailConnectError } from '../domain/errors';
import { chooseFolders } from '../domain/inbox/choose-folders';
import type { ServerSettings } from '../domain/inbox/inbox';
import type { ConnectionStep, Ports } from '../ports';
import { assertWithinLimit } from './assert-within-limit';
import { dial } from './open-inbox';

type TestPorts = Pick<Ports, 'hosts' | 'imap' | 'smtp'>;
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
 * `testConnection`, or RATE_LIMITED when logins to one of the two mailboxes were refused too often of late, whoever
 * tried: nobody guesses a password by trying (S37). Counted before they are tried, so that trying many at once does not
 * help; a login that was not refused is taken back.
 */
export const testWithinLimits = async (
  ports: LimitedPorts,
  connection: ConnectionToTest,
  actor: string,
  onStep: (step: ConnectionStep) => void
): Promise<ChosenFolders> => {
  const mailboxes = { imap: mailboxOf(connection.imap), smtp: mailboxOf(connection.smtp) };
  const unrefused = new Set<Side>();
  try {
    for (const side of ['imap', 'smtp'] as const) {
      await assertWithinLimit(ports, 'login', mailboxes[side], actor);
      unrefused.add(side);
    }
    return await testConnection(ports, connection, (step) => {
      if (step.state === 'failed' && step.name === 'imap-login') unrefused.delete('imap');
      if (step.state === 'failed' && step.name === 'smtp-login') unrefused.delete('smtp');
      onStep(step);
    });
  } finally {
    for (const side of unrefused) await ports.rateLimits.takeBack('login', mailboxes[side]);
  }
};

/** The same for every way to write it. */
const mailboxOf = ({ host, username }: ServerSettings): string =>
  `${username.trim().toLowerCase()} at ${host.trim().toLowerCase().replace(/\.$/, '')}`;

/**
 * Both servers, step by step: reached, TLS, logged in, folders read. `onStep` hears each step as it runs and ends.
 * Resolves with the folders that would be watched; rejects with the first failure, after both servers were tried.
 */
export const testConnection = async (
  ports: TestPorts,
  connection: ConnectionToTest,
  onStep: (step: ConnectionStep) => void
): Promise<ChosenFolders> => {
  const [imap, smtp] = await Promise.allSettled([
    reach(ports, connection.imap, connection.imapPassword, 'imap-reach', onStep).then((access) =>
      ports.imap.test(access, onStep)
    ),
    reach(ports, connection.smtp, connection.smtpPassword, 'smtp-reach', onStep).then((access) =>
      ports.smtp.test(access, onStep)
    ),
  ]);
  if (imap.status === 'rejected') throw toEmailConnectError(imap.reason);
  if (smtp.status === 'rejected') throw toEmailConnectError(smtp.reason);
  return chooseFolders(imap.value, connection.provider);
};

/** A host that cannot be resolved or is not allowed fails the step that would have reached it. */
const reach = async (
  ports: TestPorts,
  server: ServerSettings,
  password: string,
  name: ConnectionStep['name'],
  onStep: (step: ConnectionStep) => void
) => {
  try {
    return await dial(ports, server, password);
  } catch (error) {
    const { code, message, nextStep, detail } = toEmailConnectError(error);
    onStep({ name, state: 'failed', finding: '', error: { code, message, nextStep, detail } });
    throw error;
  }
};
