import { isIP } from 'node:net';
import { generate } from 'selfsigned';

const DAY_MS = 86_400_000;

/** PEM texts. `cert` is also what a client takes as `tls.ca` to trust this server. */
export interface Certificate {
  key: string;
  cert: string;
}

/**
 * A self-signed certificate for these host names and IP addresses, valid for a year from yesterday; with `expired` it
 * expired yesterday.
 */
export const selfSignedCertificate = async (
  hostnames: string[],
  options: { expired?: boolean } = {}
): Promise<Certificate> => {
  const [commonName] = hostnames;
  if (commonName === undefined) throw new Error('A certificate needs at least one host name.');
  const now = Date.now();
  const made = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - (options.expired ? 30 : 1) * DAY_MS),
    notAfterDate: new Date(now + (options.expired ? -1 : 365) * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hostnames.map((host) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host })),
      },
    ],
  });
  return { key: made.private, cert: made.cert };
};
