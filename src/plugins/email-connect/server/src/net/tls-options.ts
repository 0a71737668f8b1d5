import { checkServerIdentity, rootCertificates } from 'node:tls';
import type { ConnectionOptions, PeerCertificate } from 'node:tls';
import { isIP } from 'node:net';
import { fingerprintOf } from './certificate';

/** RFC 8996: 1.0 and 1.1 must not be used. */
const MIN_VERSION = 'TLSv1.2';

/** What a server's certificate is checked against. */
export interface Trust {
  /** PEM of authorities that are trusted besides the public ones; NODE_EXTRA_CA_CERTS needs no entry here. */
  authorities: readonly string[];
  /** The one certificate that is accepted, whatever its issuer and name; null: the authorities decide. */
  pinned: { pem: string; fingerprint: string } | null;
}

/**
 * Options for `tls.connect`: at least TLS 1.2, always verified, a certificate for `host` (S35). A pinned certificate
 * becomes the only trust anchor and its fingerprint is compared in the handshake, so that nothing is sent to any
 * other server. Its dates are still checked: an expired certificate is refused, pinned or not.
 */
export const tlsOptions = (host: string, { authorities, pinned }: Trust): ConnectionOptions => ({
  minVersion: MIN_VERSION,
  // RFC 6066 3: no server name indication for an address.
  ...(isIP(host) ? {} : { servername: host }),
  ...(pinned ? pinnedOptions(pinned) : authorityOptions(host, authorities)),
});

/** The name is checked against `host` also where the socket was opened to its IP address. */
const authorityOptions = (host: string, authorities: readonly string[]): ConnectionOptions => ({
  ...(authorities.length > 0 ? { ca: [...rootCertificates, ...authorities] } : {}),
  checkServerIdentity: (_dialled: string, certificate: PeerCertificate) =>
    checkServerIdentity(host, certificate),
});

const pinnedOptions = (pinned: { pem: string; fingerprint: string }): ConnectionOptions => ({
  ca: [pinned.pem],
  // The pin is mostly a leaf certificate: without this OpenSSL would look for its issuer.
  allowPartialTrustChain: true,
  checkServerIdentity: (_dialled: string, certificate: PeerCertificate) =>
    fingerprintOf(certificate.raw) === pinned.fingerprint
      ? undefined
      : Object.assign(new Error('The server showed another certificate than the pinned one.'), {
          code: 'CERT_PINNED_OTHER',
        }),
});
