import { isSenderProven } from './authenticated-sender';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
/** As if the own server had written all of `fields` when it took the mail from outside. */
const proven = (fields: string[], from = ['boss@crm.test'], trusted?: string[]) =>
  isSenderProven(
    { from: at(...from) },
    [
      ...fields.map((value) => ({ name: 'authentication-results' as const, value })),
      { name: 'received', value: 'from out.test ([192.0.2.1]) by mx.crm.test with ESMTP id 1; now' },
    ],
    {
      address: 'us@crm.test',
      provider: 'custom',
      imap: { host: 'mail.crm.test' },
      trustedAuthServers: trusted ?? 'known',
    }
  );

describe('S28: what the receiving server says proves the author', () => {
  it.each([
    ['DMARC', 'mx.crm.test; dmarc=pass header.from=crm.test'],
    ['DMARC in capitals', 'MX.CRM.TEST; DMARC=PASS header.from=CRM.test'],
    ['DMARC without its domain', 'mx.crm.test; dmarc=pass (p=reject)'],
    ['SPF of the domain', 'mx.crm.test; spf=pass smtp.mailfrom=boss@crm.test'],
    ['SPF of a domain below', 'mx.crm.test; spf=pass smtp.mailfrom=bounces.crm.test'],
    ['DKIM by d=', 'mx.crm.test; dkim=pass header.d=crm.test header.i=@mail.crm.test'],
    ['DKIM by i=', 'mx.crm.test; dkim=pass header.i=@crm.test'],
    ['one of two signatures', 'mx.crm.test; dkim=fail header.d=crm.test; dkim=pass header.d=crm.test'],
    ['its signature beside a list', 'mx.crm.test; dkim=pass header.d=list.test; dkim=pass header.d=crm.test'],
    ['DKIM where SPF failed', 'mx.crm.test; spf=fail smtp.mailfrom=relay.test; dkim=pass header.d=crm.test'],
    [
      'DKIM without a DMARC policy',
      'mx.crm.test; dmarc=none header.from=crm.test; dkim=pass header.d=crm.test',
    ],
    ['a comment beside it', 'mx.crm.test; dmarc=pass (was dmarc=fail; once) header.from=crm.test'],
  ])('%s', (_, field) => {
    expect(proven([field])).toBe(true);
  });

  it.each([
    ['no result', 'mx.crm.test; none'],
    ['DMARC failed', 'mx.crm.test; dmarc=fail header.from=crm.test'],
    [
      'DMARC failed, whatever passed',
      'mx.crm.test; dmarc=fail header.from=crm.test; dkim=pass header.d=crm.test',
    ],
    [
      'DMARC both failed and passed',
      'mx.crm.test; dmarc=pass header.from=crm.test; dmarc=fail header.from=crm.test',
    ],
    ['DMARC of another domain', 'mx.crm.test; dmarc=pass header.from=evil.test'],
    ['DMARC of two domains', 'mx.crm.test; dmarc=pass header.from=crm.test header.from=evil.test'],
    ['no DMARC policy and nothing else', 'mx.crm.test; dmarc=none header.from=crm.test'],
    ['a guess', 'mx.crm.test; dmarc=bestguesspass header.from=crm.test'],
    ['DKIM of another domain', 'mx.crm.test; dkim=pass header.d=evil.test header.i=@crm.test'],
    ['DKIM without a domain', 'mx.crm.test; dkim=pass'],
    ['DKIM that failed', 'mx.crm.test; dkim=fail header.d=crm.test'],
    ['SPF of another domain', 'mx.crm.test; spf=pass smtp.mailfrom=evil.test'],
    ['SPF of an address that names ours', 'mx.crm.test; spf=pass smtp.mailfrom="boss@crm.test"@evil.test'],
    ['SPF with ours in the left part', 'mx.crm.test; spf=pass smtp.mailfrom=b=crm.test@evil.test'],
    ['SPF of the greeting only', 'mx.crm.test; spf=pass smtp.helo=crm.test'],
    ['SPF that softly failed', 'mx.crm.test; spf=softfail smtp.mailfrom=crm.test'],
    ['a pass in a comment', 'mx.crm.test; dmarc=none (dmarc=pass header.from=crm.test)'],
    ['a pass in a quoted string', 'mx.crm.test; dkim=fail reason="; dmarc=pass header.from=crm.test"'],
    ['a comment that swallows the end', 'mx.crm.test; dmarc=pass header.from=crm.test; spf=none (('],
    ['the method alone', 'mx.crm.test; dmarc'],
    ['another method', 'mx.crm.test; auth=pass smtp.auth=boss@crm.test'],
  ])('not with %s', (_, field) => {
    expect(proven([field])).toBe(false);
  });
});

describe('S28: of several fields', () => {
  const pass = (server: string) => `${server}; dmarc=pass header.from=crm.test`;
  const fail = (server: string) => `${server}; dmarc=fail header.from=crm.test`;

  it.each<[string, string[], boolean]>([
    ['a foreign server alone', [pass('mx.evil.test')], false],
    ['beside the own server, which says less', [pass('mx.evil.test'), 'mx.crm.test; spf=none'], false],
    ['a name that only looks like ours', [pass('mx.crm.test.evil.test')], false],
    ['a name that ends like ours', [pass('evilcrm.test')], false],
    ['a name that ends like a provider', [pass('evilmx.google.com.evil.test')], false],
    ['a provider', [pass('mx.google.com')], false],
    ['ours in a comment', [pass('mx.evil.test (mx.crm.test)')], false],
    ['no name', ['dmarc=pass header.from=crm.test'], false],
    ['an unreadable one', [pass('mx.crm.test'), 'mx.crm.test; spf=none ('], false],
    ['a pass and a failure', [pass('mx.crm.test'), fail('mx.crm.test')], false],
    ['nothing at all', [], false],
    ['one filter found little, the next one all', ['mx.crm.test; spf=none', pass('mx.crm.test')], true],
    ['an inner server', [pass('in.crm.test'), 'mx.crm.test; none'], true],
  ])('%s', (_, fields, isProof) => {
    expect(proven(fields)).toBe(isProof);
  });

  describe('with named servers', () => {
    it.each<[string, string[], string[]]>([
      ['the server itself', [pass('mx.filter.test')], ['mx.filter.test']],
      ['one below a named domain', [pass('mx1.filter.test')], ['Filter.Test']],
      [
        'below what an inner server added',
        ['inner.crm.test; none', pass('mx.filter.test')],
        ['mx.filter.test'],
      ],
    ])('proves: %s', (_, fields, trusted) => {
      expect(proven(fields, ['boss@crm.test'], trusted)).toBe(true);
    });

    it.each<[string, string[], string[]]>([
      ['our own domain, which is not named', [pass('mx.crm.test')], ['mx.filter.test']],
      ['a provider that is not named', [pass('mx.google.com')], ['mx.filter.test']],
      ['the second of the named one', [fail('mx.filter.test'), pass('mx.filter.test')], ['mx.filter.test']],
      [
        'a second one that says more',
        ['mx.filter.test; spf=none', pass('mx.filter.test')],
        ['mx.filter.test'],
      ],
      ['one that ends like it', [pass('evilfilter.test')], ['filter.test']],
      ['an unreadable one above', ['mx.filter.test; dmarc=fail (', pass('mx.filter.test')], ['filter.test']],
      ['a field without a name', ['dmarc=pass header.from=crm.test'], ['protection.outlook.com']],
      ['no name at all', [pass('mx.crm.test')], []],
      ['an empty name', [pass('mx.evil.test')], ['', ' ']],
      ['an empty name, met by a last dot', [pass('mx.evil.test.')], ['']],
    ])('proves nothing: %s', (_, fields, trusted) => {
      expect(proven(fields, ['boss@crm.test'], trusted)).toBe(false);
    });
  });
});

it.each<[string, string[]]>([
  ['no author', []],
  ['two authors', ['boss@crm.test', 'boss@crm.test']],
  ['an author without a domain', ['boss']],
])('S28: %s is not proven by anything', (_, from) => {
  expect(proven(['mx.crm.test; dmarc=pass'], from)).toBe(false);
});
