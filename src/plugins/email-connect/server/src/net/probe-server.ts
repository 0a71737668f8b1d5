import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { EmailConnectError } from '../domain/errors';
import { givenUp } from '../domain/give-up';
import type { ServerAccess } from '../ports';
import { describeCertificate, readCertificate } from './certificate';
import type { ServerCertificate } from './certificate';
import { classifyNetworkError, protocolMismatch } from './classify-network-error';
import { withinTime } from './within-time';
import { readLines } from './line-reader';
import { shorten } from './shorten';
import { startTls } from './starttls';
import type { Protocol } from './starttls';
import { tlsOptions } from './tls-options';

/** A server to examine before anybody logs in. */
export interface Route {
  access: ServerAccess;
  protocol: Protocol;
  /** See `Trust`. */
  authorities: readonly string[];
  timeoutMs: number;
  /** Ends the probe. */
  signal: AbortSignal;
}

/** What the handshake showed. */
export interface Probe {
  /** `TLS 1.3` */
  tlsVersion: string;
  certificate: ServerCertificate;
  /** Node's code for why the certificate is not trusted; '' when it is. */
  trustError: string;
  /** The server's first line, if it is no greeting of the expected protocol; '' if it is, or if none came. */
  foreignGreeting: string;
}

/** A good server greets at once; a slow one is judged by the login. */
const GREETING_WAIT_MS = 2_000;
/** RFC 9051 7.1, RFC 5321 4.2. */
const GREETINGS: Record<Protocol, RegExp> = { imap: /^\* /, smtp: /^\d{3}[ -]/ };

/** Opens the clear-text socket. Rejects with Node's own error, or CONNECT_TIMEOUT as its code. */
export const dial = async (route: Route): Promise<Socket> => {
  const { access, signal } = route;
  if (signal.aborted) throw givenUp(signal);
  return settle(connect({ host: access.ip, port: access.port }), 'connect', route, 'CONNECT_TIMEOUT');
};

/** STARTTLS if needed, and the handshake. Sends nothing after it, and closes the connection. */
export const handshake = async (socket: Socket, route: Route): Promise<Probe> => {
  const { access, protocol, authorities } = route;
  try {
    if (access.tls === 'starttls') {
      await answered(startTls(socket, protocol, access), route, 'GREETING_TIMEOUT');
    }
    const secured = connectTls({
      ...tlsOptions(access.host, { authorities, pinned: null }),
      socket,
      // Only here, where nothing is ever sent: a certificate has to be seen before a person can judge it.
      rejectUnauthorized: false,
    });
    return await report(await settle(secured, 'secureConnect', route, 'UPGRADE_TIMEOUT'), route);
  } finally {
    socket.destroy();
  }
};

const report = async (socket: TLSSocket, route: Route): Promise<Probe> => {
  const { access, protocol } = route;
  const { raw } = socket.getPeerCertificate();
  const seen = {
    tlsVersion: (socket.getProtocol() ?? '').replace('TLSv', 'TLS '),
    certificate: readCertificate(raw),
    // Typed as an Error, but Node puts the error's code here.
    trustError: socket.authorized ? '' : String(socket.authorizationError),
  };
  // With STARTTLS the greeting was read in the clear before.
  const greeting = access.tls === 'implicit' ? await greetingOf(socket, route) : '';
  socket.destroy();
  return { ...seen, foreignGreeting: GREETINGS[protocol].test(greeting) ? '' : greeting };
};

/** '' for a server that stays silent or hangs up: the login finds out why. */
const greetingOf = (socket: TLSSocket, { signal }: Route): Promise<string> =>
  answered(readLines(socket).next(), { signal, timeoutMs: GREETING_WAIT_MS }, 'GREETING_TIMEOUT').catch(
    () => ''
  );

/** Why this server is refused; null when its certificate is the pinned one, or is trusted. */
export const judge = (probe: Probe, access: ServerAccess, now: Date = new Date()): EmailConnectError | null =>
  judgeCertificate(probe, access, now) ??
  (probe.foreignGreeting === '' ? null : protocolMismatch(access, shorten(probe.foreignGreeting, access)));

const judgeCertificate = (
  { certificate, trustError }: Probe,
  access: ServerAccess,
  now: Date
): EmailConnectError | null => {
  const refuse = (code: string) => classifyNetworkError({ code }, access, describeCertificate(certificate));
  if (access.pinnedCertificate === null && trustError === '') return null;
  // Checked first: an expired certificate, even a self-signed one, would not be accepted as a pin either.
  if (certificate.validTo < now.toISOString()) return refuse('CERT_HAS_EXPIRED');
  if (certificate.validFrom > now.toISOString()) return refuse('CERT_NOT_YET_VALID');
  if (access.pinnedCertificate === null) return refuse(trustError) ?? refuse('CERT_UNTRUSTED');
  return certificate.fingerprint === access.pinnedCertificate.toLowerCase()
    ? null
    : refuse('CERT_PINNED_OTHER');
};

type Patience = Pick<Route, 'signal' | 'timeoutMs'>;

/**
 * Resolves with the socket once `event` fires; destroys it and rejects on an error, silence, or when it is given up.
 */
const settle = <S extends Socket>(
  socket: S,
  event: string,
  patience: Patience,
  timeoutCode: string
): Promise<S> =>
  answered(
    new Promise<S>((resolve, reject) => {
      socket.once(event, () => resolve(socket));
      // The listener stays: a later error of a socket that is about to be dropped must not end the process.
      socket.on('error', reject);
      socket.once('close', () =>
        reject(Object.assign(new Error('The server closed the connection.'), { code: 'ECONNRESET' }))
      );
    }),
    patience,
    timeoutCode
  ).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });

/** Rejects with `code` when `work` has no result in time. */
const answered = <T>(work: Promise<T>, { signal, timeoutMs }: Patience, code: string): Promise<T> => {
  const late = () => Object.assign(new Error(`Nothing happened for ${timeoutMs} ms.`), { code });
  return withinTime(signal, timeoutMs, late, () => work);
};
