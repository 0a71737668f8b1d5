import { serviceNames, sightings } from './services';

describe('services', () => {
  it('the names that suites may use are exactly those that are looked for', () => {
    expect(Object.keys(sightings()).sort()).toEqual([...serviceNames].sort());
  });

  it('says how to get each of them', () => {
    for (const { get } of Object.values(sightings())) expect(get).not.toBe('');
  });

  it('refuses to guess when nothing was looked for', () => {
    expect(() => sightings({})).toThrow(/jest\.config\.cjs/);
  });
});
