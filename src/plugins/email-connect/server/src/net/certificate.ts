import { createHash, X509Certificate } from 'node:crypto';

/** The certificate that a server showed, as far as a person needs it to decide on pinning it. */
export interface ServerCertificate {
  /** SHA-256 of its DER form, 64 lower-case hex digits. */
  fingerprint: string;
  subject: string;
  issuer: string;
  /** The bounds of its validity, ISO. */
  validFrom: string;
  validTo: string;
  pem: string;
}

/** Reads a certificate in DER form (RFC 5280). */
export const readCertificate = (der: Uint8Array): ServerCertificate => {
  const certificate = new X509Certificate(der);
  return {
    fingerprint: fingerprintOf(der),
    subject: certificate.subject.replace(/\n/g, ', '),
    issuer: certificate.issuer.replace(/\n/g, ', '),
    validFrom: new Date(certificate.validFrom).toISOString(),
    validTo: new Date(certificate.validTo).toISOString(),
    pem: certificate.toString(),
  };
};

/** SHA-256 of a certificate's DER form as lower-case hex: the form in which it is pinned. */
export const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex');

/** One line with all that a person compares before pinning. */
export const describeCertificate = ({ fingerprint, subject, issuer, validTo }: ServerCertificate): string =>
  `SHA-256 ${fingerprint}; subject ${subject || '(none)'}; issued by ${issuer || '(none)'}; valid until ${validTo}`;
