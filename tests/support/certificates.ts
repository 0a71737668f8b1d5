import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

/** A certificate with its private key, both PEM. */
export interface Certificate {
  cert: string;
  key: string;
  /** SHA-256 of its DER form, lower-case hex: the form in which it is pinned. */
  fingerprint: string;
}

export interface CertificateWish {
  /** DNS names it is made out to. */
  names?: string[];
  /** IP addresses it is made out to. */
  addresses?: string[];
  /** Who signs it; itself when left out. */
  authority?: Certificate;
  /** Its last day is long past. */
  expired?: boolean;
}

const DAY = 24 * 3_600_000;

/** A server certificate; by default self-signed for `localhost` and 127.0.0.1. */
export const makeCertificate = async ({
  names = ['localhost'],
  addresses = ['127.0.0.1'],
  authority,
  expired = false,
}: CertificateWish = {}): Promise<Certificate> => {
  const now = Date.now();
  const made = await generate([{ name: 'commonName', value: names[0] ?? 'server.test' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - (expired ? 30 : 1) * DAY),
    notAfterDate: new Date(now + (expired ? -10 : 30) * DAY),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
    ...(authority ? { ca: { key: authority.key, cert: authority.cert } } : {}),
  });
  return { cert: made.cert, key: made.private, fingerprint: fingerprintOf(made.cert) };
};

/** An authority that may sign others. */
export const makeAuthority = async (): Promise<Certificate> => {
  const made = await generate([{ name: 'commonName', value: 'Test Authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { cert: made.cert, key: made.private, fingerprint: fingerprintOf(made.cert) };
};

const fingerprintOf = (pem: string): string =>
  createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
