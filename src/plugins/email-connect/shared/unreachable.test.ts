import { unreachable } from './unreachable';

test('a case that the types do not know throws, and names no more than a word', () => {
  expect(() => unreachable('x-new-header' as never)).toThrow('There is no case for "x-new-header".');
  expect(() => unreachable({ kind: 'new', subject: 'Secret' } as never)).toThrow(
    'There is no case for this.'
  );
});
