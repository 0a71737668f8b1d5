import type { MailServerSettings } from '../contracts/inbox';
import { isSameServer } from './same-server';

const server: MailServerSettings = {
  host: 'imap.crm.test',
  port: 993,
  tls: 'implicit',
  username: 'uma@crm.test',
  pinnedCertificate: null,
};
const pin = 'ab'.repeat(32);

describe('S43: for which login a stored password is', () => {
  test.each<[string, Partial<MailServerSettings>]>([
    ['another host', { host: 'imap.vic.test' }],
    ['a host that only begins alike', { host: 'imap.crm.test.vic.test' }],
    ['a host with a dot behind it, which looks names up differently', { host: 'imap.crm.test.' }],
    ['another port', { port: 1993 }],
    ['another kind of TLS', { tls: 'starttls' }],
    ['another user name', { username: 'vic@crm.test' }],
    ['a user name in capitals', { username: 'UMA@crm.test' }],
    ['a certificate that is trusted now', { pinnedCertificate: pin }],
  ])('not for %s', (_, change) => {
    expect(isSameServer(server, { ...server, ...change })).toBe(false);
    expect(isSameServer({ ...server, ...change }, server)).toBe(false);
  });

  test('not for a certificate in place of the trusted one', () => {
    const pinned = { ...server, pinnedCertificate: pin };
    expect(isSameServer(pinned, { ...server, pinnedCertificate: 'cd'.repeat(32) })).toBe(false);
  });

  test('for the same, also with the host in capitals', () => {
    expect(isSameServer(server, { ...server })).toBe(true);
    expect(isSameServer(server, { ...server, host: 'IMAP.crm.test' })).toBe(true);
  });
});
