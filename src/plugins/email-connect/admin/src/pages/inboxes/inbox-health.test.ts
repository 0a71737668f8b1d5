import { inboxHealth, stateText } from './inbox-health';

const now = new Date('2026-03-10T12:00:00Z');
const well = { waitingFiles: null };
/** Checked every minute, the last time when it was due so long ago. */
const due = (minutesAgo: number, intervalMinutes = 1) => {
  const nextPassAt = now.getTime() - minutesAgo * 60_000;
  return {
    nextPassAt: new Date(nextPassAt).toISOString(),
    lastPassAt: new Date(nextPassAt - intervalMinutes * 60_000).toISOString(),
  };
};

describe('inboxHealth', () => {
  it('is well while its next check lies ahead', () => {
    expect(inboxHealth({ ...well, state: 'ok', ...due(-1) }, now)).toBe('ok');
  });

  it('allows a check to be a little late', () => {
    expect(inboxHealth({ ...well, state: 'ok', ...due(1.5) }, now)).toBe('ok');
  });

  it.each([
    ['two minutes', 2.1, 1],
    ['two minutes, however often it is checked,', 2.1, 0.1],
    ['two checks', 60.1, 30],
  ])('P10: ok with a check overdue by more than %s is late, not healthy', (_, minutes, interval) => {
    expect(inboxHealth({ ...well, state: 'ok', ...due(minutes, interval) }, now)).toBe('late');
  });

  it('one that is checked seldom is not late so soon', () => {
    expect(inboxHealth({ ...well, state: 'ok', ...due(50, 30) }, now)).toBe('ok');
  });

  it('P10: one that catches up is late as well, but what was missed may take its time', () => {
    expect(inboxHealth({ ...well, state: 'catching-up', ...due(10) }, now)).toBe('catching-up');
    expect(inboxHealth({ ...well, state: 'catching-up', ...due(16) }, now)).toBe('late');
  });

  it.each(['needs-you', 'paused', 'backing-off'] as const)('keeps a state that says what is: %s', (state) => {
    expect(inboxHealth({ ...well, state, ...due(10_000) }, now)).toBe(state);
  });

  it('without a planned check there is nothing to be late for', () => {
    expect(inboxHealth({ ...well, state: 'ok', lastPassAt: null, nextPassAt: null }, now)).toBe('ok');
  });

  it.each(['ok', 'catching-up'] as const)('S49, P10: %s is not well while files are missing', (state) => {
    const waiting = {
      state,
      lastPassAt: null,
      nextPassAt: null,
      waitingFiles: { count: 2, nextAt: '2026-03-10T12:05:00Z' },
    };
    expect(inboxHealth(waiting, now)).toBe('files-waiting');
    expect(inboxHealth({ ...waiting, state: 'needs-you' }, now)).toBe('needs-you');
  });
});

describe('stateText', () => {
  it('says "needs you" to who can do something, and to nobody else', () => {
    expect(stateText({ seenAs: 'owner' }, 'needs-you')).toBe('inbox.state.needs-you');
    expect(stateText({ seenAs: 'colleague' }, 'needs-you')).toBe('inbox.state.needs-owner');
    expect(stateText({ seenAs: 'colleague' }, 'late')).toBe('inbox.state.late');
  });
});
