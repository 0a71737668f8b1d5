import { ImapFlow } from 'imapflow';
import type { EmailConnectError } from '../../domain/errors';
import { orGivenUp } from '../../domain/give-up';
import { connectionLost, loginTimedOut } from '../../net/classify-network-error';
import type { Route } from '../../net/probe-server';
import { withinTime } from '../../net/within-time';
import { establishTrust, withCertificate } from '../../net/secure-route';
import { tlsOptions } from '../../net/tls-options';
import type { Trust } from '../../net/tls-options';
import type { ServerAccess } from '../../ports';
import { boundAnswers } from './bound-answers';
import { classifyImapError, classifyLoginError, closedMeanwhile, saidGoodbye } from './classify-imap-error';
import type { ImapLimits } from './options';

const MEGABYTE = 1024 * 1024;

/** A hostile or broken server is cut off here instead of filling the memory (c29). Bodies come in 1 MiB pieces. */
const responseBounds = {
  maxLineLength: 16 * MEGABYTE,
  maxLiteralSize: 64 * MEGABYTE,
  maxResponseSize: 128 * MEGABYTE,
};

/**
 * A logged-in connection, TLS verified before the password is sent (S35). It lives as long as `signal`; `onEnd` fires
 * once when it ends, except through `signal` or our own close. Rejects with CONNECTION_*, TLS_*, PROTOCOL_MISMATCH,
 * LOGIN_* or IMAP_DISABLED, or with the reason of `signal`.
 */
export const connectImap = (
  access: ServerAccess,
  limits: ImapLimits,
  signal: AbortSignal,
  onEnd: (error: EmailConnectError) => void = () => undefined
): Promise<ImapFlow> =>
  withinTime(
    signal,
    limits.loginTimeoutMs,
    () => loginTimedOut(access, limits.loginTimeoutMs),
    async (attempt) => {
      const client = await logIn(access, limits, attempt, onEnd);
      const cut = () => client.close();
      client.once('close', () => signal.removeEventListener('abort', cut));
      signal.addEventListener('abort', cut);
      if (signal.aborted) cut();
      return client;
    }
  );

const logIn = async (
  access: ServerAccess,
  limits: ImapLimits,
  attempt: AbortSignal,
  onEnd: (error: EmailConnectError) => void
): Promise<ImapFlow> => {
  const route = routeOf(access, limits, attempt);
  const client = newClient(access, limits, await establishTrust(route));
  boundAnswers(client, access, limits);
  let failure: unknown = null;
  let connected = false;
  // Before connect: an 'error' event without a listener ends the process.
  client.on('error', (error) => {
    failure = error;
  });
  client.on('close', () => {
    if (connected && !client.closedByClient) onEnd(whyClosed(client, failure, access));
  });
  try {
    await orGivenUp(attempt, client.connect());
    if (client.isClosed) throw whyClosed(client, failure, access);
    connected = true;
    return client;
  } catch (error) {
    client.close();
    throw await withCertificate(classifyLoginError(error, access), route);
  }
};

export const routeOf = (access: ServerAccess, limits: ImapLimits, signal: AbortSignal): Route => ({
  access,
  protocol: 'imap',
  authorities: limits.authorities,
  timeoutMs: limits.connectTimeoutMs,
  signal,
});

const newClient = (access: ServerAccess, limits: ImapLimits, trust: Trust): ImapFlow =>
  new ImapFlow({
    host: access.ip,
    port: access.port,
    // Without this, imapflow would go on in clear text where STARTTLS is not offered.
    ...(access.tls === 'implicit' ? { secure: true } : { secure: false, doSTARTTLS: true }),
    tls: tlsOptions(access.host, trust),
    auth: { user: access.username, pass: access.password },
    clientInfo: { name: 'Email Connect', vendor: 'Email Connect', version: '', 'support-url': '' },
    logger: false,
    // IDLE is started by the watch, which knows which folder it is for.
    disableAutoIdle: true,
    // Deletions are not followed, and some servers' QRESYNC is broken (iCloud).
    qresync: false,
    connectionTimeout: limits.connectTimeoutMs,
    greetingTimeout: limits.greetingTimeoutMs,
    socketTimeout: limits.silenceTimeoutMs,
    ...responseBounds,
  });

const whyClosed = (client: ImapFlow, failure: unknown, access: ServerAccess): EmailConnectError => {
  if (failure !== null) {
    const ended = classifyImapError(failure, access);
    // Once logged in, neither the port nor the kind of TLS can be wrong.
    return ended.code === 'CONNECTION_TIMED_OUT' ? connectionLost(access, ended.detail) : ended;
  }
  return client.byeReason ? saidGoodbye(access, client.byeReason) : closedMeanwhile(access);
};
