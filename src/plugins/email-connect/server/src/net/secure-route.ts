import { EmailConnectError } from '../domain/errors';
import { classifyNetworkError } from './classify-network-error';
import { dial, handshake, judge } from './probe-server';
import type { Probe, Route } from './probe-server';
import { shorten } from './shorten';
import type { Trust } from './tls-options';

/**
 * The trust for the real connection. With a pin the server is probed first, so that its certificate is known and
 * compared before any credential is sent. Rejects with CONNECTION_*, TLS_* or PROTOCOL_MISMATCH.
 */
export const establishTrust = async (route: Route): Promise<Trust> => {
  const { access, authorities } = route;
  if (access.pinnedCertificate === null) return { authorities, pinned: null };
  const { certificate } = await probeAndJudge(route);
  return { authorities, pinned: { pem: certificate.pem, fingerprint: certificate.fingerprint } };
};

/** Reaches the server, makes a handshake, refuses an untrusted server. Errors as `establishTrust`. */
const probeAndJudge = async (route: Route): Promise<Probe> => {
  const probe = await networkErrors(route, async () => handshake(await dial(route), route));
  const refusal = judge(probe, route.access);
  if (refusal) throw refusal;
  return probe;
};

/** Runs one network step; errors of Node become an `EmailConnectError`. */
export const networkErrors = async <T>({ access }: Route, step: () => Promise<T>): Promise<T> => {
  try {
    return await step();
  } catch (error) {
    if (error instanceof EmailConnectError) throw error;
    const detail = shorten(error instanceof Error ? error.message : String(error), access);
    throw (
      classifyNetworkError(error, access, detail) ??
      classifyNetworkError({ code: 'EPROTO' }, access, detail) ??
      error
    );
  }
};

const certificateCodes: ReadonlySet<string> = new Set([
  'TLS_CERTIFICATE_EXPIRED',
  'TLS_CERTIFICATE_UNTRUSTED',
  'TLS_CERTIFICATE_WRONG_HOST',
]);

/**
 * An error about a refused certificate, with the facts a person needs to pin it: fingerprint, subject, expiry.
 * Libraries report only a code, so the server is probed once more. Any other error is returned as it is.
 */
export const withCertificate = async (error: EmailConnectError, route: Route): Promise<EmailConnectError> => {
  if (!certificateCodes.has(error.code)) return error;
  try {
    await probeAndJudge(route);
    return error;
  } catch (probed) {
    return probed instanceof EmailConnectError && certificateCodes.has(probed.code) ? probed : error;
  }
};
