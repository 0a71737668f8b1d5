import type { ConnectionStepAnswer } from '../../../../../shared/contracts/connection-test';
import { readableFingerprint, refusedCertificate, sidesRefusing } from './certificate-fingerprint';

const hex = '0f'.repeat(32);
const failed = (
  detail: string,
  code = 'TLS_CERTIFICATE_UNTRUSTED',
  name: ConnectionStepAnswer['name'] = 'smtp-tls'
): ConnectionStepAnswer => ({
  name,
  state: 'failed',
  finding: '',
  error: { code, message: 'Nobody vouches for it.', nextStep: '', detail },
});

describe('refusedCertificate', () => {
  it.each([`sha256 ${hex}`, `SHA-256: ${readableFingerprint(hex)}`])('S35: reads it from "%s"', (detail) => {
    expect(refusedCertificate(failed(detail))).toEqual({ side: 'smtp', fingerprint: hex, facts: null });
  });

  it('reads whose it is, who made it and how long it holds', () => {
    const detail = `SHA-256 ${hex}; subject CN=a.example, O=A; B; issued by CN=B; valid until 2027-01-01T00:00:00.000Z`;
    expect(refusedCertificate(failed(detail))?.facts).toEqual({
      subject: 'CN=a.example, O=A; B',
      issuer: 'CN=B',
      validUntil: '2027-01-01T00:00:00.000Z',
    });
  });

  it('offers nothing without a fingerprint', () => {
    expect(refusedCertificate(failed('self-signed certificate'))).toBeNull();
  });

  it.each(['LOGIN_REFUSED', 'TLS_CERTIFICATE_EXPIRED'])('S35: offers nothing to trust after %s', (code) => {
    expect(refusedCertificate(failed(hex, code))).toBeNull();
  });

  it('does not cut a longer string of digits into a fingerprint', () => {
    expect(refusedCertificate(failed(`${hex}0f`))).toBeNull();
  });
});

describe('sidesRefusing', () => {
  it('S35: are the servers that showed this very certificate', () => {
    const other = 'ab'.repeat(32);
    const steps = [failed(hex), failed(other, 'TLS_CERTIFICATE_UNTRUSTED', 'imap-tls')];
    expect(sidesRefusing(steps, hex)).toEqual(['smtp']);
    expect(sidesRefusing([...steps, failed(hex, 'TLS_CERTIFICATE_UNTRUSTED', 'imap-tls')], hex)).toEqual([
      'smtp',
      'imap',
    ]);
  });
});
