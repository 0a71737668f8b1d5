import { classifyNetworkError } from './classify-network-error';

const place = { host: 'imap.example.org', port: 993 };
const codeOf = (code: string) => classifyNetworkError(Object.assign(new Error('why'), { code }), place)?.code;

describe('a foreign network error', () => {
  test.each([
    ['ENOTFOUND', 'HOST_NOT_FOUND'],
    ['EAI_AGAIN', 'HOST_NOT_FOUND'],
    ['ECONNREFUSED', 'CONNECTION_REFUSED'],
    ['EHOSTUNREACH', 'CONNECTION_REFUSED'],
    ['ETIMEDOUT', 'CONNECTION_TIMED_OUT'],
    ['CONNECT_TIMEOUT', 'CONNECTION_TIMED_OUT'],
    ['GREETING_TIMEOUT', 'CONNECTION_TIMED_OUT'],
    ['ECONNRESET', 'CONNECTION_LOST'],
    ['EPIPE', 'CONNECTION_LOST'],
    ['NoConnection', 'CONNECTION_LOST'],
    ['ECONNECTION', 'CONNECTION_LOST'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'PROTOCOL_MISMATCH'],
    ['LiteralTooLarge', 'PROTOCOL_MISMATCH'],
    ['CERT_HAS_EXPIRED', 'TLS_CERTIFICATE_EXPIRED'],
    ['CERT_NOT_YET_VALID', 'TLS_CERTIFICATE_EXPIRED'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS_CERTIFICATE_UNTRUSTED'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'TLS_CERTIFICATE_UNTRUSTED'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS_CERTIFICATE_UNTRUSTED'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'TLS_CERTIFICATE_UNTRUSTED'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS_CERTIFICATE_WRONG_HOST'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'TLS_FAILED'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'TLS_FAILED'],
    ['EPROTO', 'TLS_FAILED'],
    ['STARTTLS_INJECTION', 'TLS_FAILED'],
    ['SomethingElse', undefined],
    ['', undefined],
  ])('%s is %s', (foreign, code) => {
    expect(codeOf(foreign)).toBe(code);
  });

  test('under a code of nodemailer is told by the code it had first', () => {
    const error = Object.assign(new Error('self-signed certificate'), {
      code: 'ESOCKET',
      originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(classifyNetworkError(error, place)?.code).toBe('TLS_CERTIFICATE_UNTRUSTED');
  });

  test('says where, what to do, and what was said', () => {
    expect(
      classifyNetworkError(Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' }), place)
    ).toMatchObject({
      message: 'Nothing answers at imap.example.org, port 993.',
      nextStep: expect.stringContaining('port'),
      detail: 'connect failed',
    });
  });

  test.each([null, undefined, 'text', 7, {}])('that is no error (%j) is not guessed at', (thrown) => {
    expect(classifyNetworkError(thrown, place)).toBeNull();
  });
});
