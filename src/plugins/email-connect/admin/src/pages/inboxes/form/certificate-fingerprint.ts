import type { ConnectionStepAnswer } from '../../../../../shared/contracts/connection-test';
import type { Side } from './inbox-draft';

export interface UntrustedCertificate {
  side: Side;
  /** SHA-256, 64 lower-case hex digits. */
  fingerprint: string;
  /** Further facts to compare; null if the server did not send them. */
  facts: { subject: string; issuer: string; validUntil: string } | null;
}

/** An expired certificate stays refused, also when a person trusts it. */
const trustable = ['TLS_CERTIFICATE_UNTRUSTED', 'TLS_CERTIFICATE_WRONG_HOST'];

const factsIn = (detail: string): UntrustedCertificate['facts'] => {
  const [, subject, issuer, validUntil] =
    /; subject (.*); issued by (.*); valid until (\S+)$/.exec(detail) ?? [];
  return subject === undefined || issuer === undefined || validUntil === undefined
    ? null
    : { subject, issuer, validUntil };
};

/** The certificate that a failed step refused, if the server showed it: it may be pinned (S35). */
export const refusedCertificate = (step: ConnectionStepAnswer): UntrustedCertificate | null => {
  if (step.state !== 'failed' || step.error === null || !trustable.includes(step.error.code)) return null;
  const found = /\b[0-9a-f]{2}(?::?[0-9a-f]{2}){31}\b/i.exec(`${step.error.detail} ${step.error.message}`);
  if (found === null) return null;
  return {
    side: step.name.startsWith('imap') ? 'imap' : 'smtp',
    fingerprint: found[0].replaceAll(':', '').toLowerCase(),
    facts: factsIn(step.error.detail),
  };
};

/** The servers whose test stopped at this certificate: often one certificate serves both. */
export const sidesRefusing = (steps: readonly ConnectionStepAnswer[], fingerprint: string): Side[] =>
  steps.flatMap((step) => {
    const refused = refusedCertificate(step);
    return refused?.fingerprint === fingerprint ? [refused.side] : [];
  });

/** A fingerprint as people compare it: pairs with colons, upper case. */
export const readableFingerprint = (fingerprint: string): string =>
  (fingerprint.match(/../g) ?? []).join(':').toUpperCase();
