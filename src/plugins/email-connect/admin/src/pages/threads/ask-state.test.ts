import { askState } from './ask-state';

describe('S42, w66: asking for more', () => {
  it.each([
    [null, 'can-ask'],
    ['open', 'open'],
    ['refused', 'refused'],
    ['granted', 'can-ask'],
  ] as const)('where not all is told and it was %p: %s', (asked, state) => {
    expect(askState({ tellsAll: false, asked })).toBe(state);
  });

  it('is not offered to whoever is told all', () => {
    expect(askState({ tellsAll: true, asked: 'granted' })).toBeNull();
    expect(askState({ tellsAll: true, asked: null })).toBeNull();
  });
});
