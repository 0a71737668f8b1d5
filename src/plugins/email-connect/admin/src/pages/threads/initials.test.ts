import { initialsOf } from './initials';

describe('initialsOf', () => {
  it.each([
    ['Mara Lindqvist', 'ML'],
    ['Élodie de la Tour', 'ÉT'],
    ['lena@hartmann-cycles.test', 'L'],
    ['jonas.okafor@logistics.test', 'JO'],
    ['田辺', '田'],
    ['', '?'],
    ['<>', '?'],
  ])('%s: %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
