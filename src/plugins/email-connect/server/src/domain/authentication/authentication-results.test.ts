import fc from 'fast-check';
import { parseAuthenticationResults } from './authentication-results';
import type { AuthenticationResults } from './authentication-results';

const one = (method: string, result: string, ...properties: [string, string][]) => ({
  method,
  result,
  properties,
});

it.each<[string, string, AuthenticationResults]>([
  ['RFC 8601 B.2: nothing was checked', 'example.org 1; none', { authservId: 'example.org', results: [] }],
  [
    'B.3: one method',
    'example.com; spf=pass smtp.mailfrom=example.net',
    { authservId: 'example.com', results: [one('spf', 'pass', ['smtp.mailfrom', 'example.net'])] },
  ],
  [
    'B.6: comments, versions and a reason, folded',
    'example.com 1; dkim/1 = pass (good signature) reason="good; so=far" header.d=mail-router.example.net; dkim=fail (bad (really) signature) header.d=newyork.example.com',
    {
      authservId: 'example.com',
      results: [
        one('dkim', 'pass', ['reason', 'good; so=far'], ['header.d', 'mail-router.example.net']),
        one('dkim', 'fail', ['header.d', 'newyork.example.com']),
      ],
    },
  ],
  [
    'Exchange Online: no server named',
    'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.test; dmarc=pass action=none header.from=a.test;compauth=pass reason=100',
    {
      authservId: '',
      results: [
        one('spf', 'pass', ['smtp.mailfrom', 'a.test']),
        one('dmarc', 'pass', ['action', 'none'], ['header.from', 'a.test']),
        one('compauth', 'pass', ['reason', '100']),
      ],
    },
  ],
  [
    'capitals, and a quoted server',
    '"MX.Example.COM"; DKIM=PASS Header.D=A.test',
    { authservId: 'mx.example.com', results: [one('dkim', 'pass', ['header.d', 'A.test'])] },
  ],
  [
    'an address with equals signs and quotes',
    'a.test; spf=pass smtp.mailfrom=bounce+us=crm.test@evil.test; dkim=pass header.i="x; dmarc=pass"@evil.test header.b=Ab3=',
    {
      authservId: 'a.test',
      results: [
        one('spf', 'pass', ['smtp.mailfrom', 'bounce+us=crm.test@evil.test']),
        one('dkim', 'pass', ['header.i', 'x; dmarc=pass@evil.test'], ['header.b', 'Ab3=']),
      ],
    },
  ],
  ['an empty value', '', { authservId: '', results: [] }],
  ['a semicolon at the end', 'a.test; spf=none;', { authservId: 'a.test', results: [one('spf', 'none')] }],
])('reads %s', (_, value, expected) => {
  expect(parseAuthenticationResults(value)).toEqual(expected);
});

it.each([
  ['an open comment', 'a.test; dmarc=pass (of course'],
  ['an open quote', 'a.test; dmarc=pass reason="of course'],
  ['more than anybody writes', `a.test; dmarc=pass reason=${'x'.repeat(16_384)}`],
])('does not read %s', (_, value) => {
  expect(parseAuthenticationResults(value)).toBeNull();
});

it('never throws, and a comment never says anything', () => {
  const text = fc.string({ unit: fc.constantFrom(...' ;=()"\\.@/ab', '\t') });
  fc.assert(fc.property(text, (value) => void parseAuthenticationResults(value)));
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...' ;=".@ab') }), (comment) => {
      expect(parseAuthenticationResults(`a.test (${comment}); spf=none`)).toEqual({
        authservId: 'a.test',
        results: [one('spf', 'none')],
      });
    })
  );
});
