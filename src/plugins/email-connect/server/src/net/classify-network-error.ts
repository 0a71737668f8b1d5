import { EmailConnectError } from '../domain/errors';
import { foreignError } from './foreign-error';

/** The server we tried to reach, for the message that a person reads. */
export interface ServerAddress {
  host: string;
  port: number;
}

type Explain = (place: ServerAddress, detail: string) => EmailConnectError;

const at = ({ host, port }: ServerAddress): string => `${host}, port ${port}`;

const refused: Explain = (place, detail) =>
  new EmailConnectError(
    'CONNECTION_REFUSED',
    `Nothing answers at ${at(place)}.`,
    'Check the host name and the port; a firewall may also be in the way.',
    detail
  );

const timedOut: Explain = (place, detail) =>
  new EmailConnectError(
    'CONNECTION_TIMED_OUT',
    `${at(place)} did not answer in time.`,
    'Check the host name, the port and the kind of TLS: a port for TLS stays silent when it is spoken to with STARTTLS, and the other way round.',
    detail
  );

const lost: Explain = (place, detail) =>
  new EmailConnectError(
    'CONNECTION_LOST',
    `The connection to ${at(place)} broke.`,
    'It is tried again by itself. If it stays, ask who runs the mail server.',
    detail
  );

const notFound: Explain = (place, detail) =>
  new EmailConnectError(
    'HOST_NOT_FOUND',
    `There is no host "${place.host}".`,
    'Check the spelling of the host name.',
    detail
  );

const mismatch: Explain = (place, detail) =>
  new EmailConnectError(
    'PROTOCOL_MISMATCH',
    `What answers at ${at(place)} does not speak the expected protocol.`,
    'Check the port and the kind of TLS: 993 and 465 use TLS from the first byte, 143 and 587 use STARTTLS.',
    detail
  );

const expired: Explain = (place, detail) =>
  new EmailConnectError(
    'TLS_CERTIFICATE_EXPIRED',
    `The certificate of ${place.host} is not valid at this time.`,
    'Ask who runs the mail server to renew it, and check the clock of this computer.',
    detail
  );

const untrusted: Explain = (place, detail) =>
  new EmailConnectError(
    'TLS_CERTIFICATE_UNTRUSTED',
    `No trusted authority vouches for the certificate of ${place.host}.`,
    'Compare the fingerprint with the one the server owner tells you and pin it, or install the authority with NODE_EXTRA_CA_CERTS.',
    detail
  );

const wrongHost: Explain = (place, detail) =>
  new EmailConnectError(
    'TLS_CERTIFICATE_WRONG_HOST',
    `The certificate that was shown is not for ${place.host}.`,
    'Enter the host name the certificate was made for, or ask who runs the mail server.',
    detail
  );

const tlsFailed: Explain = (place, detail) =>
  new EmailConnectError(
    'TLS_FAILED',
    `No secure connection to ${at(place)} could be made.`,
    'The server must offer TLS 1.2 or newer. Ask who runs it.',
    detail
  );

/** Codes of Node's sockets, DNS and TLS (OpenSSL's X509_V_ERR_* names), of imapflow and of nodemailer. */
const byCode: ReadonlyMap<string, Explain> = new Map<string, Explain>([
  ...table(notFound, 'ENOTFOUND', 'EAI_AGAIN', 'EDNS', 'ENODATA'),
  ...table(refused, 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EACCES'),
  ...table(
    timedOut,
    'ETIMEDOUT',
    'CONNECT_TIMEOUT',
    'GREETING_TIMEOUT',
    'UPGRADE_TIMEOUT',
    'SOCKET_TIMEOUT',
    'ETIMEOUT'
  ),
  ...table(
    lost,
    'ECONNRESET',
    'EPIPE',
    'ECONNABORTED',
    'NoConnection',
    'EConnectionClosed',
    'StateLogout',
    'ECONNECTION'
  ),
  ...table(
    lost,
    'ClosedAfterConnectText',
    'ClosedAfterConnectTLS',
    'ESOCKET',
    'Z_BUF_ERROR',
    'COMPRESS_TRAILING_DATA'
  ),
  // The server speaks, but not TLS.
  ...table(
    mismatch,
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_SSL_PACKET_LENGTH_TOO_LONG',
    'ERR_SSL_UNKNOWN_PROTOCOL'
  ),
  // The server speaks another protocol, or is hostile (c29).
  ...table(mismatch, 'EPROTOCOL', 'InvalidResponse', 'LineTooLarge', 'LiteralTooLarge', 'ResponseTooLarge'),
  ...table(
    mismatch,
    'TooManyTokens',
    'TooManyResponses',
    'MAX_IMAP_NESTING_REACHED',
    'UnexpectedTag',
    'MissingTag'
  ),
  ...table(expired, 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'),
  ...table(
    untrusted,
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
  ),
  ...table(
    untrusted,
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'CERT_UNTRUSTED',
    'CERT_REJECTED'
  ),
  ...table(
    untrusted,
    'CERT_REVOKED',
    'CERT_SIGNATURE_FAILURE',
    'CERT_CHAIN_TOO_LONG',
    'INVALID_CA',
    'INVALID_PURPOSE'
  ),
  ...table(untrusted, 'PATH_LENGTH_EXCEEDED', 'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', 'CERT_PINNED_OTHER'),
  ...table(wrongHost, 'ERR_TLS_CERT_ALTNAME_INVALID', 'HOSTNAME_MISMATCH'),
  ...table(tlsFailed, 'EPROTO', 'ETLS', 'STARTTLS_INJECTION'),
]);

function table(explain: Explain, ...codes: string[]): [string, Explain][] {
  return codes.map((code) => [code, explain]);
}

/**
 * The failure to reach a server or to secure the connection, as a person should read it; null when the error is
 * about something else. `detail` is put in place of the error's own message.
 */
export const classifyNetworkError = (
  error: unknown,
  place: ServerAddress,
  detail?: string
): EmailConnectError | null => {
  const { code, message } = foreignError(error);
  const explain =
    byCode.get(code) ?? (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') ? tlsFailed : undefined);
  return explain ? explain(place, detail ?? (message || code)) : null;
};

/** STARTTLS is not offered: a broken server, or an attacker in between who strips it (RFC 3207 6, RFC 9051 11.1). */
export const tlsNotOffered = (place: ServerAddress, detail: string): EmailConnectError =>
  new EmailConnectError(
    'TLS_NOT_OFFERED',
    `${at(place)} offers no encryption, so nothing was sent there.`,
    'Use the TLS port of this server (993 for IMAP, 465 for SMTP), or ask who runs it to switch TLS on.',
    detail
  );

/** The server answers, but does not speak IMAP or SMTP. */
export const protocolMismatch = (place: ServerAddress, detail: string): EmailConnectError =>
  mismatch(place, detail);

/** The server sends, and does not stop (S47). */
export const serverFlooding = ({ host }: ServerAddress): EmailConnectError =>
  new EmailConnectError(
    'SERVER_FLOODING',
    `${host} sends without end what nobody asked for.`,
    'It is tried again by itself, after a while. If it stays, ask who runs the mail server.'
  );

/** The server neither accepted nor refused the login. */
export const loginTimedOut = (place: ServerAddress, timeoutMs: number): EmailConnectError =>
  timedOut(place, `Not logged in after ${Math.round(timeoutMs / 1000)} s.`);

/** The server ended the connection early. */
export const connectionLost = (place: ServerAddress, detail: string): EmailConnectError =>
  lost(place, detail);
