import { toEmailConnectError } from '../../domain/errors';
import type { ServerSettings } from '../../domain/inbox/inbox';
import type { ConnectionStep, Ports } from '../../ports';
import { countLogins } from './count-logins';
import type { Trier } from './count-logins';
import { withStoredPasswords } from './stored-passwords';
import { testConnection } from './test-connection';
import type { ChosenFolders, ConnectionToTest } from './test-connection';

type TestPorts = Pick<
  Ports,
  'clock' | 'hosts' | 'imap' | 'smtp' | 'inboxes' | 'secrets' | 'rateLimits' | 'audit'
>;

export interface PassedTest {
  /** What was typed in, with the passwords that logged in. */
  connection: ConnectionToTest;
  chosen: ChosenFolders;
}

/**
 * The one way in which a person's login is tried: to test, connect, edit and connect again. Of the inbox that is edited
 * the stored passwords stand in for empty ones, where they may (`withStoredPasswords`). Within the limits on
 * guessing (`countLogins`), and on record with its end, who asked, and where the passwords went (S37). Resolves and
 * rejects as `testConnection`, and with the failures of these two.
 */
export const testOnRecord = async (
  ports: TestPorts,
  typed: ConnectionToTest,
  trier: Trier,
  signal: AbortSignal,
  onStep: (step: ConnectionStep) => void
): Promise<PassedTest> => {
  const passed = await attempt(ports, typed, trier, signal, onStep).catch(async (error: unknown) => {
    const { code } = toEmailConnectError(error);
    // One line a window is kept of these: a line for each would be a way to fill the database.
    if (code !== 'RATE_LIMITED') await record(ports, typed, trier, { outcome: 'refused', code });
    throw error;
  });
  await record(ports, typed, trier, { outcome: 'ok', code: '' });
  return passed;
};

const attempt = async (
  ports: TestPorts,
  typed: ConnectionToTest,
  trier: Trier,
  signal: AbortSignal,
  onStep: (step: ConnectionStep) => void
): Promise<PassedTest> => {
  const connection = trier.inbox ? await withStoredPasswords(ports, trier.inbox, typed) : typed;
  const logins = countLogins(ports, connection, trier);
  try {
    await logins.begin();
    const chosen = await testConnection(
      ports,
      connection,
      signal,
      (step) => {
        if (step.state === 'failed' && step.name === 'imap-login') logins.refused('imap');
        if (step.state === 'failed' && step.name === 'smtp-login') logins.refused('smtp');
        onStep(step);
      },
      logins.reach
    );
    return { connection, chosen };
  } finally {
    await logins.end();
  }
};

/** No user name: some people type their password into the wrong field. */
const record = (
  { audit }: TestPorts,
  { imap, smtp }: ConnectionToTest,
  { actor, inbox }: Trier,
  { outcome, code }: { outcome: 'ok' | 'refused'; code: string }
): Promise<void> => {
  const servers = { imap: placeOf(imap), smtp: placeOf(smtp) };
  return audit.record({
    action: 'inbox.tested',
    actor,
    subject: inbox?.documentId ?? servers.imap,
    outcome,
    facts: code === '' ? servers : { ...servers, code },
  });
};

const placeOf = ({ host, port }: ServerSettings): string => `${host}:${port}`;
