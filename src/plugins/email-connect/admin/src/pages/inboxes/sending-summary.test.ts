import { sendingHealth, sendingLines, undecided } from './sending-summary';

const idle = { queued: 0, held: 0, unknown: 0, asked: 0, unfiled: 0, lastFailure: '' };

describe('S51: how sending goes', () => {
  it('says nothing of states in which there is no mail', () => {
    expect(sendingLines(idle)).toEqual([]);
    expect(sendingHealth(idle)).toBe('idle');
  });

  it('begins with what waits for a person', () => {
    const busy = { queued: 2, held: 1, unknown: 3, asked: 4, unfiled: 5, lastFailure: 'Later.' };
    expect(sendingLines(busy)).toEqual([
      { state: 'asked', count: 4 },
      { state: 'held', count: 1 },
      { state: 'queued', count: 2 },
      { state: 'unknown', count: 3 },
      { state: 'unfiled', count: 5 },
    ]);
    expect(undecided(busy)).toBe(5);
    expect(sendingHealth(busy)).toBe('needs-you');
  });

  it.each(['queued', 'unknown', 'unfiled'] as const)(
    'needs nobody for what goes on by itself: %s',
    (state) => {
      expect(sendingHealth({ ...idle, [state]: 1 })).toBe('waits');
      expect(undecided({ ...idle, [state]: 1 })).toBe(0);
    }
  );

  it.each(['asked', 'held'] as const)('S4: needs its owner for one that is %s', (state) => {
    expect(sendingHealth({ ...idle, [state]: 1, queued: 1 })).toBe('needs-you');
  });
});
