import { asciiDomain, normalizeAddress } from '../address/address';
import { isAtOrBelow } from '../address/at-or-below';
import { organisationalDomain } from '../address/organisational-domain';
import { providerHosting, providerOfAddress, providerOfHost } from './find-provider';
import type { Endpoint, Provider } from './provider';
import { providers } from './providers';

const named = (key: string): Provider => {
  const found = providers.find((provider) => provider.key === key);
  if (found === undefined) throw new Error(`No provider has the key ${key}`);
  return found;
};

/** Pairs of two different ones, each once. */
const pairsOf = <One>(list: readonly One[]): [One, One][] =>
  list.flatMap((one, at) => list.slice(at + 1).map((other): [One, One] => [one, other]));

const serverNames = ({ imap, smtp, domains, serverDomains }: Provider): string[] => [
  imap.host,
  smtp.host,
  ...domains,
  ...serverDomains,
];

/** A host may be said to be of either: of `yahoo.*` and of `imap.yahoo.de`, for one. */
const overlap = (one: string, other: string): boolean =>
  isAtOrBelow(one, other) ||
  isAtOrBelow(other, one) ||
  [one, other].some(
    (name) =>
      name.endsWith('.*') &&
      [one, other].every((each) => organisationalDomain(each).startsWith(name.slice(0, -1)))
  );

/** What is asked of a host, whoever's preset it was taken from. */
const factsOfHost = ({ signIn, filesSent }: Provider): string => JSON.stringify([signIn, filesSent]);

const endpointsOf = ({ imap, smtp }: Provider): Endpoint[] => [imap, smtp];

/** Where two entries say different things of one domain, host or authentication server; [] when the table is one. */
const contradictions = (table: readonly Provider[]): string[] =>
  pairsOf(table).flatMap(([one, other]) => {
    const said: string[] = [];
    if (one.key === other.key) said.push(`key ${one.key}`);
    if (one.omitsAuthservId && other.omitsAuthservId) said.push('no authserv-id');
    for (const domain of one.domains) {
      if (other.domains.includes(domain)) said.push(`domain ${domain}`);
    }
    for (const server of one.authServers) {
      for (const another of other.authServers) {
        if (isAtOrBelow(server, another) || isAtOrBelow(another, server)) said.push(`authserv-id ${server}`);
      }
    }
    for (const name of serverNames(one)) {
      for (const another of serverNames(other)) {
        if (overlap(name, another) && factsOfHost(one) !== factsOfHost(other)) said.push(`host ${name}`);
      }
    }
    for (const { host, port, tls } of endpointsOf(one)) {
      if (endpointsOf(other).some((at) => at.host === host && at.port === port && at.tls !== tls)) {
        said.push(`TLS of ${host}:${port}`);
      }
    }
    return said.map((what) => `${one.key}, ${other.key}: ${what}`);
  });

describe('one table of what is known of providers', () => {
  it('no two entries contradict each other', () => {
    expect(contradictions(providers)).toEqual([]);
  });

  const planted: Provider = {
    ...named('posteo'),
    key: 'planted',
    domains: ['planted.test'],
    imap: { host: 'imap.planted.test', port: 993, tls: 'implicit' },
    smtp: { host: 'smtp.planted.test', port: 465, tls: 'implicit' },
  };

  it.each<[string, Partial<Provider>, string[]]>([
    ['nothing in common', {}, []],
    ['the key of another', { key: 'gmx' }, ['gmx, gmx: key gmx']],
    [
      'a domain of another',
      { domains: ['mac.com'], signIn: named('icloud').signIn },
      ['icloud, planted: domain mac.com'],
    ],
    [
      'the authserv-id of another',
      { authServers: ['mx.google.com'] },
      ['gmail, planted: authserv-id mx.google.com'],
    ],
    [
      'an authserv-id below that of another',
      { authServers: ['mx.web.de'] },
      ['web-de, planted: authserv-id web.de'],
    ],
    [
      'an authserv-id above that of another',
      { authServers: ['google.com'] },
      ['gmail, planted: authserv-id mx.google.com'],
    ],
    ['no authserv-id, as another', { omitsAuthservId: true }, ['microsoft, planted: no authserv-id']],
    [
      'the host of another, with another way to sign in',
      { imap: named('strato').imap, signIn: named('gmail').signIn },
      ['strato, planted: host imap.strato.de'],
    ],
    ['the host of another, with the same facts', { imap: named('strato').imap }, []],
    [
      'the host of another, with the copy in Sent',
      { smtp: named('strato').smtp, filesSent: true },
      ['strato, planted: host smtp.strato.de'],
    ],
    [
      'a host below the domain of another',
      { serverDomains: ['pop.aol.com'] },
      ['aol, planted: host aol.com'],
    ],
    [
      'a host of another in a further country',
      { serverDomains: ['imap.yahoo.se'] },
      ['yahoo, planted: host yahoo.*'],
    ],
    [
      'the port of another, with another kind of TLS',
      { imap: { host: 'imap.strato.de', port: 993, tls: 'starttls' } },
      ['strato, planted: TLS of imap.strato.de:993'],
    ],
  ])('an entry with %s is found', (_, facts, expected) => {
    const already = contradictions(providers);
    const found = contradictions([...providers, { ...planted, ...facts }]);
    expect(found.filter((one) => !already.includes(one))).toEqual(expected);
  });
});

describe.each(providers.map((provider) => [provider.key, provider] as const))('%s', (_, provider) => {
  const { key, name, domains, imap, smtp, serverDomains, signIn, advice, authServers } = provider;

  it('is whole', () => {
    expect(key).toMatch(/^[a-z][a-z-]*[a-z]$/);
    expect(key).not.toBe('custom');
    expect(name).not.toBe('');
    for (const host of [imap.host, smtp.host, ...domains, ...authServers]) {
      expect(host).toBe(asciiDomain(host));
      expect(host).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    }
    for (const domain of serverDomains) expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)*(\.\*)?$/);
  });

  it('is found by its domains and by the hosts of its servers', () => {
    for (const domain of domains) expect(providerOfAddress(`ann@${domain}`)).toBe(provider);
    // Proton's Bridge answers at the machine itself.
    const hosts = [imap.host, smtp.host].filter((host) => host !== '127.0.0.1');
    for (const host of hosts) expect(providerOfHost(host)).toBe(provider);
  });

  it('says one thing of how to sign in', () => {
    expect(advice.includes('app password') || advice.includes('app-specific password')).toBe(
      signIn.by === 'app-password'
    );
    if (signIn.by === 'sign-in-page') expect(advice).toContain('no password');
    if (signIn.by !== 'app-password') return;
    const { protocol, host } = new URL(signIn.page);
    expect(protocol).toBe('https:');
    expect(advice.includes('with two-step verification')).toBe(signIn.required === 'two-steps');
    for (const [site] of advice.matchAll(/\b[a-z]+(\.[a-z]+){2,}/g)) expect(site).toBe(host);
  });

  it('sends complaints from addresses of its own (c50)', () => {
    for (const address of provider.complaintsFrom) {
      expect(address).toBe(normalizeAddress(address));
      expect(providerOfAddress(address)).toBe(provider);
    }
  });

  it('files sent mail itself where its folders are labels (S8)', () => {
    expect(provider.labelRoots.length === 0 || provider.filesSent).toBe(true);
  });
});

it('c25: these accept only app passwords from programs, these with two-step verification', () => {
  const keysOf = (required: 'always' | 'two-steps') =>
    providers
      .filter(({ signIn }) => signIn.by === 'app-password' && signIn.required === required)
      .map(({ key }) => key);
  expect(keysOf('always')).toEqual(['gmail', 'icloud', 'yahoo', 'aol', 'fastmail', 'yandex', 'mail-ru']);
  expect(keysOf('two-steps')).toEqual(['zoho', 'zoho-eu', 'gmx', 'gmx-com', 'web-de']);
});

it('S28: one provider leaves its authserv-id out, and has one to be named by', () => {
  const unnamed = providers.filter(({ omitsAuthservId }) => omitsAuthservId);
  expect(unnamed.map(({ authServers }) => authServers)).toEqual([['protection.outlook.com']]);
});

it.each([
  ['IMAP.Gmail.com.', 'gmail'],
  ['imap.mail.yahoo.co.jp', 'yahoo'],
  ['smtp.mail.yahoo.com.ar', 'yahoo'],
  ['imap.yandex.ua', 'yandex'],
  ['mail.gmx.com', 'gmx-com'],
])('%s is a host of %s', (host, key) => {
  expect(providerOfHost(host)?.key).toBe(key);
});

it.each<[string, string, string | null]>([
  ['custom', 'imap.gmail.com', 'gmail'],
  ['gmail', 'mail.example.org', null],
  ['proton-bridge', '127.0.0.1', 'proton-bridge'],
  ['custom', '127.0.0.1', null],
])('an inbox of the preset %s at %s lies at %s', (preset, host, key) => {
  expect(providerHosting({ provider: preset, imap: { host } })?.key ?? null).toBe(key);
});

it.each(['imap.yahoo.example.org', 'notgmail.com', 'imap.gmail.com.example.org', 'yahoo', '127.0.0.1', ''])(
  '%j is a host of none',
  (host) => {
    expect(providerOfHost(host)).toBeNull();
  }
);
