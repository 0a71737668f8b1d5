import { shortFileName } from './short-file-name';

describe('shortFileName', () => {
  it.each([
    ['contract.pdf', 'contract.pdf'],
    ['A very long file name of a price list.xlsx', 'A very long file name….xlsx'],
    ['no-extension-but-a-very-long-name', 'no-extension-but-a-very-lon…'],
    ['ends.with.something.that.is.no.extension', 'ends.with.something.that.is…'],
  ])('%s', (name, expected) => {
    expect(shortFileName(name)).toBe(expected);
  });

  it('does not cut a character in two', () => {
    expect(shortFileName('😀'.repeat(40))).toBe(`${'😀'.repeat(27)}…`);
  });
});
