import type { ServerAccess } from '../ports';
import type { Probe } from './probe-server';
import { judge } from './probe-server';

const now = new Date('2026-06-01T00:00:00Z');
const seen = 'ab'.repeat(32);

const probe = (trustError: string, validTo = '2027-01-01', validFrom = '2026-01-01'): Probe => ({
  tlsVersion: 'TLS 1.3',
  trustError,
  foreignGreeting: '',
  certificate: {
    fingerprint: seen,
    subject: 'CN=mail.example.org',
    issuer: 'CN=Somebody',
    validFrom: `${validFrom}T00:00:00.000Z`,
    validTo: `${validTo}T00:00:00.000Z`,
    pem: '',
  },
});

const access = (pinnedCertificate: string | null): ServerAccess => ({
  host: 'mail.example.org',
  ip: '192.0.2.1',
  port: 993,
  tls: 'implicit',
  username: 'ann',
  password: 'secret',
  pinnedCertificate,
});

describe('S35, c28: a certificate', () => {
  test.each([
    ['trusted', probe(''), null, undefined],
    ['self-signed', probe('DEPTH_ZERO_SELF_SIGNED_CERT'), null, 'TLS_CERTIFICATE_UNTRUSTED'],
    ['of another host', probe('ERR_TLS_CERT_ALTNAME_INVALID'), null, 'TLS_CERTIFICATE_WRONG_HOST'],
    ['refused for a reason we do not know', probe('SOMETHING_NEW'), null, 'TLS_CERTIFICATE_UNTRUSTED'],
    ['expired', probe('CERT_HAS_EXPIRED', '2026-05-01'), null, 'TLS_CERTIFICATE_EXPIRED'],
    [
      'self-signed and expired',
      probe('DEPTH_ZERO_SELF_SIGNED_CERT', '2026-05-01'),
      null,
      'TLS_CERTIFICATE_EXPIRED',
    ],
    [
      'not valid yet',
      probe('CERT_NOT_YET_VALID', '2027-01-01', '2026-07-01'),
      null,
      'TLS_CERTIFICATE_EXPIRED',
    ],
    ['pinned and self-signed', probe('DEPTH_ZERO_SELF_SIGNED_CERT'), seen, undefined],
    ['pinned and of another host', probe('ERR_TLS_CERT_ALTNAME_INVALID'), seen, undefined],
    ['pinned and expired', probe('CERT_HAS_EXPIRED', '2026-05-01'), seen, 'TLS_CERTIFICATE_EXPIRED'],
    [
      'not the pinned one, self-signed',
      probe('DEPTH_ZERO_SELF_SIGNED_CERT'),
      'cd'.repeat(32),
      'TLS_CERTIFICATE_UNTRUSTED',
    ],
    ['not the pinned one, trusted', probe(''), 'cd'.repeat(32), 'TLS_CERTIFICATE_UNTRUSTED'],
  ])('that is %s', (_what, shown, pin, code) => {
    expect(judge(shown, access(pin), now)?.code).toBe(code);
  });

  test('counts before what the server says; then a foreign greeting is told apart', () => {
    const web = { ...probe(''), foreignGreeting: 'HTTP/1.1 400 Bad Request' };
    expect(judge(web, access(null), now)).toMatchObject({
      code: 'PROTOCOL_MISMATCH',
      detail: 'HTTP/1.1 400 Bad Request',
    });
    expect(judge({ ...web, trustError: 'SELF_SIGNED_CERT_IN_CHAIN' }, access(null), now)?.code).toBe(
      'TLS_CERTIFICATE_UNTRUSTED'
    );
  });

  test('that is refused is described, so that a person can compare and pin it', () => {
    expect(judge(probe('DEPTH_ZERO_SELF_SIGNED_CERT'), access(null), now)?.detail).toBe(
      `SHA-256 ${seen}; subject CN=mail.example.org; issued by CN=Somebody; valid until 2027-01-01T00:00:00.000Z`
    );
  });
});
