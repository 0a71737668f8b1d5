import { isSameOwner, organisationalDomain } from './organisational-domain';

it.each([
  ['crm.test', 'crm.test'],
  ['Mail.CRM.test', 'crm.test'],
  ['a.b.example.com', 'example.com'],
  ['mail.example.co.uk', 'example.co.uk'],
  ['mail.example.com.au', 'example.com.au'],
  ['mail.example.or.jp', 'example.or.jp'],
  ['mail.example.co', 'example.co'],
  ['team.onmicrosoft.com', 'team.onmicrosoft.com'],
  ['mail.bücher.de', 'xn--bcher-kva.de'],
  ['localhost', 'localhost'],
  ['', ''],
])('%s is owned as %s', (domain, owner) => {
  expect(organisationalDomain(domain)).toBe(owner);
});

it.each<[string, string, boolean]>([
  ['crm.test', 'CRM.test', true],
  ['bounces.crm.test', 'mail.crm.test', true],
  ['crm.test', 'evilcrm.test', false],
  ['crm.test', 'crm.test.evil.test', false],
  ['one.co.uk', 'other.co.uk', false],
  ['evil.onmicrosoft.com', 'team.onmicrosoft.com', false],
  ['localhost', 'localhost', false],
  ['', '', false],
])('%s and %s: one owner? %s', (one, other, expected) => {
  expect(isSameOwner(one, other)).toBe(expected);
});
