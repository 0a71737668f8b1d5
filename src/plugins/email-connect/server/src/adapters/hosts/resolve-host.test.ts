import { EmailConnectError } from '../../domain/errors';
import { never } from '../../testing/fakes/never';
import { createHosts } from './resolve-host';

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    return `resolved ${String(await work)}`;
  } catch (error) {
    return error instanceof EmailConnectError ? error.code : String(error);
  }
};

const at = (host: string, port = 993) => ({ host, port });

/** A resolver that knows these names and no other. */
const knowing =
  (names: Record<string, string[]>) =>
  async (name: string): Promise<string[]> => {
    const found = names[name];
    if (!found) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    return found;
  };

describe('S37: a typed-in mail host', () => {
  const hosts = createHosts({ allowedPorts: [], allowedPrivateHosts: [], lookup: knowing({}) });

  test.each([
    ['loopback', '127.0.0.1'],
    ['all of loopback', '127.255.255.254'],
    ['this machine', '0.0.0.0'],
    ['RFC 1918, 10/8', '10.1.2.3'],
    ['RFC 1918, 172.16/12, first', '172.16.0.1'],
    ['RFC 1918, 172.16/12, last', '172.31.255.255'],
    ['RFC 1918, 192.168/16', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['link-local, cloud metadata', '169.254.169.254'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 unspecified', '::'],
    ['IPv6 loopback', '::1'],
    ['IPv6 unique local', 'fd12:3456::1'],
    ['IPv6 link-local', 'fe80::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped, in hex', '::ffff:7f00:1'],
    ['IPv4-mapped public address', '::ffff:8.8.8.8'],
    ['NAT64 of a private address', '64:ff9b::10.0.0.1'],
    ['6to4 of a private address', '2002:a00:1::1'],
  ])('is refused when it is %s (%s), typed or resolved', async (_what, ip) => {
    expect(await codeOf(hosts.resolve(at(ip), never))).toBe('HOST_PRIVATE');
    const byName = createHosts({
      allowedPorts: [],
      allowedPrivateHosts: [],
      lookup: knowing({ 'imap.example.org': [ip] }),
    });
    expect(await codeOf(byName.resolve(at('imap.example.org'), never))).toBe('HOST_PRIVATE');
  });

  test.each([
    ['just below 172.16/12', '172.15.255.255'],
    ['just above 172.16/12', '172.32.0.0'],
    ['just above carrier-grade NAT', '100.128.0.0'],
    ['public IPv4', '8.8.8.8'],
    ['public IPv6', '2606:4700::1111'],
  ])('is dialled when it is %s (%s)', async (_what, ip) => {
    expect(await hosts.resolve(at(ip), never)).toBe(ip);
  });

  test.each([
    ['nothing', ''],
    ['a URL', 'https://imap.example.org'],
    ['a port', 'imap.example.org:993'],
    ['a path', 'imap.example.org/x'],
    ['a user', 'me@imap.example.org'],
    ['a space', 'imap example.org'],
    ['a line break', 'imap.example.org\r\nQUIT'],
    ['a NUL', 'imap.example.org\0.evil.org'],
    ['an empty label', 'imap..example.org'],
    ['a label that starts with a hyphen', '-imap.example.org'],
    ['a label of 64', `${'a'.repeat(64)}.org`],
    ['254 characters', `${'a.'.repeat(126)}org`],
    ['brackets', '[::1]'],
    ['a zone', 'fe80::1%eth0'],
    ['a right-to-left override', 'imap\u202e.example.org'],
  ])('is refused when it holds %s', async (_what, host) => {
    expect(await codeOf(hosts.resolve(at(host), never))).toBe('INPUT_INVALID');
  });

  test.each(['2130706433', '0x7f000001', '0177.0.0.1', '127.1'])(
    'is refused when it is an address in disguise: %s',
    async (host) => {
      const system = createHosts({ allowedPorts: [], allowedPrivateHosts: [] });
      expect(await codeOf(system.resolve(at(host), never))).toBe('HOST_PRIVATE');
    }
  );

  test('that does not exist is said to be not found, with what to do', async () => {
    await expect(hosts.resolve(at('imap.example.org'), never)).rejects.toMatchObject({
      code: 'HOST_NOT_FOUND',
      message: 'There is no host "imap.example.org".',
      nextStep: expect.stringContaining('spelling'),
      detail: expect.stringContaining('ENOTFOUND'),
    });
  });

  test('with a public and a private address is only dialled at the public one', async () => {
    const mixed = createHosts({
      allowedPorts: [],
      allowedPrivateHosts: [],
      lookup: knowing({ 'a.org': ['10.0.0.1', '8.8.4.4'] }),
    });
    expect(await mixed.resolve(at('a.org'), never)).toBe('8.8.4.4');
  });

  test('is dialled over IPv4 where it has both', async () => {
    const both = createHosts({
      allowedPorts: [],
      allowedPrivateHosts: [],
      lookup: knowing({ 'a.org': ['2606:4700::1', '8.8.4.4'] }),
    });
    expect(await both.resolve(at('a.org'), never)).toBe('8.8.4.4');
  });

  test('is looked up once and in ASCII', async () => {
    const asked: string[] = [];
    const international = createHosts({
      allowedPorts: [],
      allowedPrivateHosts: [],
      lookup: async (name) => {
        asked.push(name);
        return ['8.8.8.8'];
      },
    });
    expect(await international.resolve(at('IMAP.Bücher.example.'), never)).toBe('8.8.8.8');
    expect(asked).toEqual(['imap.xn--bcher-kva.example']);
  });
});

describe('an internal host that an administrator allowed', () => {
  const names = { 'mail.intern': ['10.0.0.5'], 'other.intern': ['10.0.0.6'], 'far.intern': ['192.168.9.9'] };

  test.each([
    ['by name', ['mail.intern'], 'mail.intern', 'resolved 10.0.0.5'],
    ['by name, other case and a final dot', ['Mail.Intern.'], 'mail.intern', 'resolved 10.0.0.5'],
    ['by name, which is not its neighbour', ['mail.intern'], 'other.intern', 'HOST_PRIVATE'],
    ['by name, which does not allow its address as such', ['mail.intern'], '10.0.0.5', 'HOST_PRIVATE'],
    ['by address', ['10.0.0.5'], 'mail.intern', 'resolved 10.0.0.5'],
    ['by address, which is not its neighbour', ['10.0.0.5'], 'other.intern', 'HOST_PRIVATE'],
    ['by range', ['10.0.0.0/24'], 'other.intern', 'resolved 10.0.0.6'],
    ['by range, which has an end', ['10.0.0.0/24'], 'far.intern', 'HOST_PRIVATE'],
    ['by IPv6 range', ['fd00::/8'], 'fd00::7', 'resolved fd00::7'],
  ])('%s', async (_how, allowedPrivateHosts, host, expected) => {
    const hosts = createHosts({ allowedPorts: [], allowedPrivateHosts, lookup: knowing(names) });
    expect(await codeOf(hosts.resolve(at(host), never))).toBe(expected);
  });

  test.each(['10.0.0.0/33', 'https://mail.intern', ''])(
    'cannot be %j: the installation says so at once',
    (entry) => {
      expect(() => createHosts({ allowedPorts: [], allowedPrivateHosts: [entry] })).toThrow(
        'This is not a host name.'
      );
    }
  );
});

test('S37: a port that is not of mail is refused before anybody asks for the name', async () => {
  const lookup = jest.fn(knowing({ 'imap.example.org': ['8.8.8.8'] }));
  const options = { allowedPrivateHosts: [], lookup };
  const hosts = createHosts({ ...options, allowedPorts: [] });
  expect(await codeOf(hosts.resolve(at('imap.example.org', 22), never))).toBe('PORT_NOT_ALLOWED');
  expect(lookup).not.toHaveBeenCalled();
  const open = createHosts({ ...options, allowedPorts: [{ from: 1143, to: 1143 }] });
  expect(await open.resolve(at('imap.example.org', 1143), never)).toBe('8.8.8.8');
});
