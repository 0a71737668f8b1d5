import { fileSize } from './file-size';

describe('fileSize', () => {
  it.each([
    [0, 0, 'byte'],
    [999, 999, 'byte'],
    [1_500, 1.5, 'kilobyte'],
    [25_000_000, 25, 'megabyte'],
    [2_000_000_000, 2, 'gigabyte'],
  ])('%i bytes are %d %s', (bytes, amount, unit) => {
    expect(fileSize(bytes)).toEqual({ amount, unit });
  });
});
