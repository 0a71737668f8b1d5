import { toEmailConnectError } from '../domain/errors';
import { chooseFolders } from '../domain/inbox/choose-folders';
import type { ServerSettings } from '../domain/inbox/inbox';
import type { ConnectionStep, Ports } from '../ports';
import { dial } from './open-inbox';

type TestPorts = Pick<Ports, 'hosts' | 'imap' | 'smtp'>;

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
