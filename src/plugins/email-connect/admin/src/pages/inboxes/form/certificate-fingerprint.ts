import type { ConnectionStepAnswer } from '../../../../../shared/contracts/connection-test';
import type { Side } from './inbox-draft';

export interface UntrustedCertificate {
  side: Side;
  /** SHA-256, 64 lower-case hex digits. */
  fingerprint: string;
  /** What else a person compares; null where the server did not say it. */
  facts: { subject: string; issuer: string; validUntil: string } | null;
}

/** An expired one stays refused, whoever trusts it. */
const trustable = ['TLS_CERTIFICATE_UNTRUSTED', 'TLS_CERTIFICATE_WRONG_HOST'];

const factsIn = (detail: string): UntrustedCertificate['facts'] => {
  const [, subject, issuer, validUntil] =
    /; subject (.*); issued by (.*); valid until (\S+)$/.exec(detail) ?? [];
  return subject === undefined || issuer === undefined || validUntil === undefined
    ? null
    : { subject, issuer, validUntil };
};

/** The certificate that a failed step refused, when the server named it: the one that may be pinned (S35). */
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

/** The servers that refused to go on because of this certificate: often one certificate serves both. */
export const sidesRefusing = (steps: readonly ConnectionStepAnswer[], fingerprint: string): Side[] =>
  steps.flatMap((step) => {
    const refused = refusedCertificate(step);
    return refused?.fingerprint === fingerprint ? [refused.side] : [];
  });

/** A fingerprint as people compare it: pairs with colons, upper case. */
export const readableFingerprint = (fingerprint: string): string =>
  (fingerprint.match(/../g) ?? []).join(':').toUpperCase();
