import { countsUnasked, teamAddressOf } from './team-address';

const facts = (addresses: string[], domains: string[], isOnContact: boolean) => ({
  team: { addresses: new Set(addresses), domains: new Set(domains) },
  isOnContact,
});

describe('w51: the address of an inbox that is connected', () => {
  test.each([
    ['in a domain of the site', 'vic@crm.test', facts([], ['crm.test'], false), true],
    [
      'in a domain of the site, and on a contact by mistake (w22)',
      'vic@crm.test',
      facts([], ['crm.test'], true),
      true,
    ],
    [
      'in another domain, where the site names its domains',
      'vic@else.test',
      facts([], ['crm.test'], false),
      false,
    ],
    ['in a domain below one of the site', 'vic@evil.crm.test', facts([], ['crm.test'], false), false],
    [
      'that the settings name, or another inbox has',
      'Vic@Else.test',
      facts(['vic@else.test'], ['crm.test'], true),
      true,
    ],
    ['on no contact, where the site names no domain', 'vic@else.test', facts([], [], false), true],
    ["a customer's", 'vip@customer.test', facts([], [], true), false],
  ])('%s', (_what, address, known, counts) => {
    expect(countsUnasked(address, known)).toBe(counts);
  });

  test('counts once it is confirmed, or once the settings name it', () => {
    const none = { teamAddresses: [], teamDomains: [] };
    const vip = { address: 'VIP@Customer.test', isTeamAddress: false };
    expect(teamAddressOf(vip, none)).toBe('unconfirmed');
    expect(teamAddressOf({ ...vip, isTeamAddress: true }, none)).toBe('confirmed');
    expect(teamAddressOf(vip, { ...none, teamDomains: ['customer.test'] })).toBe('settings');
    expect(teamAddressOf(vip, { ...none, teamAddresses: ['vip@customer.test'] })).toBe('settings');
  });
});
