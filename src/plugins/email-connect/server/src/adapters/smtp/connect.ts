import type { Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { orGivenUp } from '../../domain/give-up';
import { loginTimedOut, serverFlooding } from '../../net/classify-network-error';
import { withinTime } from '../../net/within-time';
import { loginNotOffered } from '../../net/login-refusal';
import { dial } from '../../net/probe-server';
import type { Route } from '../../net/probe-server';
import { establishTrust, networkErrors, withCertificate } from '../../net/secure-route';
import { tlsOptions } from '../../net/tls-options';
import type { ServerAccess } from '../../ports';
import { boundReplies } from './bound-replies';
import { classifySmtpError } from './classify-smtp-error';
import type { SmtpLimits } from './options';

/** A logged-in submission connection. */
export interface SmtpSubmission {
  connection: SMTPConnection;
  /** Rejects when the connection fails, whatever is under way; never resolves. */
  broken: Promise<never>;
  /** QUIT, and close the connection; after a failure use `abandon`. */
  close(): void;
  /** Cuts the connection at once: an unfinished message must not be taken for a whole one. */
  abandon(): void;
}

export const routeOf = (access: ServerAccess, limits: SmtpLimits, signal: AbortSignal): Route => ({
  access,
  protocol: 'smtp',
  authorities: limits.authorities,
  timeoutMs: limits.connectTimeoutMs,
  signal,
});

/**
 * Connects, verifies TLS, logs in (RFC 6409, RFC 4954). The password is sent only over a verified connection (S35).
 * Rejects with CONNECTION_*, TLS_*, PROTOCOL_MISMATCH or LOGIN_*, or with the reason of `signal`, which ends the
 * attempt but not the connection that it made.
 */
export const connectSmtp = (
  access: ServerAccess,
  limits: SmtpLimits,
  signal: AbortSignal
): Promise<SmtpSubmission> =>
  withinTime(
    signal,
    limits.loginTimeoutMs,
    () => loginTimedOut(access, limits.loginTimeoutMs),
    (attempt) => logIn(access, limits, attempt)
  );

const logIn = async (
  access: ServerAccess,
  limits: SmtpLimits,
  attempt: AbortSignal
): Promise<SmtpSubmission> => {
  const route = routeOf(access, limits, attempt);
  const trust = await establishTrust(route);
  const socket = await networkErrors(route, () => dial(route));
  const connection = new SMTPConnection({
    // The name, for the certificate and for ids in SES's replies; the socket connects to the checked address.
    host: access.host,
    connection: socket,
    secure: access.tls === 'implicit',
    // Without it nodemailer would go on in clear text where STARTTLS is not offered.
    requireTLS: access.tls === 'starttls',
    tls: tlsOptions(access.host, trust),
    connectionTimeout: limits.connectTimeoutMs,
    greetingTimeout: limits.greetingTimeoutMs,
    socketTimeout: limits.silenceTimeoutMs,
    // Closing cuts the connection: see `abandon`. After QUIT the server has nothing more to say.
    socketCloseTimeout: 0,
  });
  const submission = watchConnection(connection, socket, access);
  try {
    await orGivenUp(attempt, Promise.race([handshaken(connection), submission.broken]));
    // Without AUTH in its EHLO answer the server would get the password for nothing.
    if (!connection.allowsAuth) throw loginNotOffered(access, 'The server offers no AUTH.');
    await orGivenUp(attempt, Promise.race([loggedIn(connection, access), submission.broken]));
    return submission;
  } catch (error) {
    submission.abandon();
    socket.destroy();
    throw await withCertificate(classifySmtpError(error, access), route);
  }
};

const GOODBYE_PATIENCE_MS = 3_000;

const watchConnection = (
  connection: SMTPConnection,
  socket: Socket,
  access: ServerAccess
): SmtpSubmission => {
  const broken = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
    // Comes after 'error' if there was one.
    connection.on('end', () =>
      reject(Object.assign(new Error('The server closed the connection.'), { code: 'ECONNECTION' }))
    );
    boundReplies(connection, () => {
      reject(serverFlooding(access));
      socket.destroy();
    });
  });
  // The connection may break while nobody waits for it.
  broken.catch(() => undefined);
  return {
    connection,
    broken,
    close: () => {
      if (connection.destroyed) return;
      connection.quit();
      setTimeout(() => connection.close(), GOODBYE_PATIENCE_MS).unref();
    },
    abandon: () => connection.close(),
  };
};

const handshaken = (connection: SMTPConnection): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });

const loggedIn = (connection: SMTPConnection, { username, password }: ServerAccess): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.login({ user: username, pass: password }, (error) => (error ? reject(error) : resolve()));
  });
