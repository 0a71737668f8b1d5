import { leastMailSize } from './mail-size';

const sizeOfFile = (size: number): number => leastMailSize({ text: '', html: '', files: [{ size }] });

describe('leastMailSize', () => {
  it.each([0, 1, 2, 3, 56, 57, 58, 114, 115, 100_000])(
    'counts a file of %i bytes as base64 takes it',
    (bytes) => {
      const lines =
        Buffer.alloc(bytes)
          .toString('base64')
          .match(/.{1,76}/g) ?? [];
      expect(sizeOfFile(bytes)).toBe(lines.join('\r\n').length);
    }
  );

  it('sums up text, HTML and files', () => {
    const files = [{ size: 3 }, { size: 6 }];
    expect(leastMailSize({ text: 'Grüße', html: '<p>Grüße</p>', files })).toBe(5 + 12 + 4 + 8);
  });
});
