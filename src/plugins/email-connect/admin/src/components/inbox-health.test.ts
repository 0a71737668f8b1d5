import { inboxHealth } from './inbox-health';

const now = new Date('2026-03-10T12:00:00Z');
const well = { waitingFiles: null };

describe('inboxHealth', () => {
  it('is well while its next check lies ahead', () => {
    expect(inboxHealth({ ...well, state: 'ok', nextPassAt: '2026-03-10T12:01:00Z' }, now)).toBe('ok');
  });

  it('allows a check to be a little late', () => {
    expect(inboxHealth({ ...well, state: 'ok', nextPassAt: '2026-03-10T11:50:00Z' }, now)).toBe('ok');
  });

  it.each(['ok', 'catching-up'] as const)(
    'P10: %s with a check long overdue is late, not healthy',
    (state) => {
      expect(inboxHealth({ ...well, state, nextPassAt: '2026-03-10T11:30:00Z' }, now)).toBe('late');
    }
  );

  it('keeps a state that already says what is wrong', () => {
    expect(inboxHealth({ ...well, state: 'needs-you', nextPassAt: '2026-03-01T00:00:00Z' }, now)).toBe(
      'needs-you'
    );
  });

  it('a paused inbox is not late: nobody is to check it', () => {
    expect(inboxHealth({ ...well, state: 'paused', nextPassAt: '2026-03-01T00:00:00Z' }, now)).toBe('paused');
  });

  it('without a planned check there is nothing to be late for', () => {
    expect(inboxHealth({ ...well, state: 'ok', nextPassAt: null }, now)).toBe('ok');
  });

  it.each(['ok', 'catching-up'] as const)('S49, P10: %s is not well while files are missing', (state) => {
    const waiting = { state, nextPassAt: null, waitingFiles: { count: 2, nextAt: '2026-03-10T12:05:00Z' } };
    expect(inboxHealth(waiting, now)).toBe('files-waiting');
    expect(inboxHealth({ ...waiting, state: 'needs-you' }, now)).toBe('needs-you');
  });
});
