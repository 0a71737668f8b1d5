import { assertMailPort, readPortRange } from './mail-ports';

const codeAt = (port: number, ...allowed: string[]): string => {
  const ranges = allowed.flatMap((text) => readPortRange(text) ?? []);
  try {
    assertMailPort({ host: 'mail.example.org', port }, ranges);
    return '';
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'));
  }
};

describe('S37: a port', () => {
  test.each([143, 993, 25, 465, 587, 2525])('%i is of mail', (port) => {
    expect(codeAt(port)).toBe('');
  });

  test.each([22, 80, 110, 443, 995, 1337, 3306, 5432, 6379, 8080, 65_535])('%i is not', (port) => {
    expect(codeAt(port)).toBe('PORT_NOT_ALLOWED');
  });

  test('is of mail where an administrator says so, and its neighbour is not', () => {
    expect([1142, 1143, 1144].map((port) => codeAt(port, '1143'))).toEqual([
      'PORT_NOT_ALLOWED',
      '',
      'PORT_NOT_ALLOWED',
    ]);
    expect([1023, 1024, 65_535].map((port) => codeAt(port, '80', '1024-65535'))).toEqual([
      'PORT_NOT_ALLOWED',
      '',
      '',
    ]);
  });

  test.each(['', '0', '65536', '20-10', '-5', '1-', 'imap', '993,143', '1e3', '99999999'])(
    '"%s" is none',
    (text) => {
      expect(readPortRange(text)).toBeNull();
    }
  );
});
