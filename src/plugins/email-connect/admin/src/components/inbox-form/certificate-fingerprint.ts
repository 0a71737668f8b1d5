import type { ConnectionStep } from '../../../../shared/contracts/connection-test';
import type { Side } from './inbox-draft';

export interface UntrustedCertificate {
  side: Side;
  /** SHA-256, 64 lower-case hex digits. */
  fingerprint: string;
}

/** The certificate that a failed step refused, when the server named it: the one that may be pinned (S35). */
export const refusedCertificate = (step: ConnectionStep): UntrustedCertificate | null => {
  if (step.state !== 'failed' || !step.error?.code.startsWith('TLS_CERTIFICATE_')) return null;
  const found = /\b[0-9a-f]{2}(?::?[0-9a-f]{2}){31}\b/i.exec(`${step.error.detail} ${step.error.message}`);
  if (found === null) return null;
  return {
    side: step.name.startsWith('imap') ? 'imap' : 'smtp',
    fingerprint: found[0].replaceAll(':', '').toLowerCase(),
  };
};

/** A fingerprint as people compare it: pairs with colons, upper case. */
export const readableFingerprint = (fingerprint: string): string =>
  (fingerprint.match(/../g) ?? []).join(':').toUpperCase();
