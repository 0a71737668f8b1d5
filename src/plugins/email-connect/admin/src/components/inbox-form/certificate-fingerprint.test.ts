import type { ConnectionStep } from '../../../../shared/contracts/connection-test';
import { readableFingerprint, refusedCertificate } from './certificate-fingerprint';

const hex = '0f'.repeat(32);
const failed = (detail: string, code = 'TLS_CERTIFICATE_UNTRUSTED'): ConnectionStep => ({
  name: 'smtp-tls',
  state: 'failed',
  finding: '',
  error: { code, message: 'Nobody vouches for it.', nextStep: '', detail },
});

describe('refusedCertificate', () => {
  it.each([`sha256 ${hex}`, `SHA-256: ${readableFingerprint(hex)}`])('S35: reads it from "%s"', (detail) => {
    expect(refusedCertificate(failed(detail))).toEqual({ side: 'smtp', fingerprint: hex });
  });

  it('offers nothing without a fingerprint', () => {
    expect(refusedCertificate(failed('self-signed certificate'))).toBeNull();
  });

  it('S35: offers nothing to trust when another thing failed', () => {
    expect(refusedCertificate(failed(hex, 'LOGIN_REFUSED'))).toBeNull();
  });

  it('does not cut a longer string of digits into a fingerprint', () => {
    expect(refusedCertificate(failed(`${hex}0f`))).toBeNull();
  });
});
