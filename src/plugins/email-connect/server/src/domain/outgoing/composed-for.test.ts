import { composedFor, isComposedFor } from './composed-for';

const inbox = (address: string, username: string) => ({
  address,
  smtp: { host: 'mail.crm.test', port: 465, tls: 'implicit', username, pinnedCertificate: null } as const,
});

describe('S4: a mail goes out with the address and login it was composed for', () => {
  const written = composedFor(inbox('Us@CRM.test', 'us'));

  test.each([
    ['the same', inbox('us@crm.test', 'us'), true],
    ['another address', inbox('jo@crm.test', 'us'), false],
    ['another login', inbox('us@crm.test', 'jo'), false],
  ])('%s', (_, now, expected) => {
    expect(isComposedFor(written, now)).toBe(expected);
  });

  test('mail of 0.1.0 says nothing of it, and is not lost for that', () => {
    expect(isComposedFor('', inbox('us@crm.test', 'us'))).toBe(true);
  });
});
