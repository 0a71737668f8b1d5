import { ImapFlow } from 'imapflow';
import type { EmailConnectError } from '../../domain/errors';
import type { Route } from '../../net/probe-server';
import { establishTrust, withCertificate } from '../../net/secure-route';
import { tlsOptions } from '../../net/tls-options';
import type { Trust } from '../../net/tls-options';
import type { ServerAccess } from '../../ports';
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
 * A logged-in connection, TLS verified before the password leaves (S35). `onClosed` fires once when it ends for any
 * reason but our own close. Rejects with CONNECTION_*, TLS_*, PROTOCOL_MISMATCH, LOGIN_* or IMAP_DISABLED.
 */
export const connectImap = async (
  access: ServerAccess,
  limits: ImapLimits,
  onClosed: (error: EmailConnectError) => void = () => undefined
): Promise<ImapFlow> => {
  const route = routeOf(access, limits);
  const client = newClient(access, limits, await establishTrust(route));
  let failure: unknown = null;
  let connected = false;
  // Before connect: an 'error' event that nobody hears ends the process.
  client.on('error', (error) => {
    failure = error;
  });
  client.on('close', () => {
    if (connected && !client.closedByClient) onClosed(whyClosed(client, failure, access));
  });
  try {
    await client.connect();
    if (client.isClosed) throw whyClosed(client, failure, access);
    connected = true;
    return client;
  } catch (error) {
    client.close();
    throw await withCertificate(classifyLoginError(error, access), route);
  }
};

export const routeOf = (access: ServerAccess, limits: ImapLimits): Route => ({
  access,
  protocol: 'imap',
  authorities: limits.authorities,
  timeoutMs: limits.connectTimeoutMs,
});

const newClient = (access: ServerAccess, limits: ImapLimits, trust: Trust): ImapFlow =>
  new ImapFlow({
    host: access.ip,
    port: access.port,
    // Left unset, imapflow would go on in clear text where STARTTLS is not offered.
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
  if (failure !== null) return classifyImapError(failure, access);
  return client.byeReason ? saidGoodbye(access, client.byeReason) : closedMeanwhile(access);
};
