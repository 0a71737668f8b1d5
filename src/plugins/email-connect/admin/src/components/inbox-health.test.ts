import { inboxHealth } from './inbox-health';

const now = new Date('2026-03-10T12:00:00Z');

describe('inboxHealth', () => {
  it('is well while its next check lies ahead', () => {
    expect(inboxHealth({ state: 'ok', nextPassAt: '2026-03-10T12:01:00Z' }, now)).toBe('ok');
  });

  it('allows a check to be a little late', () => {
    expect(inboxHealth({ state: 'ok', nextPassAt: '2026-03-10T11:50:00Z' }, now)).toBe('ok');
  });

  it.each(['ok', 'catching-up'] as const)(
    'P10: %s with a check long overdue is late, not healthy',
    (state) => {
      expect(inboxHealth({ state, nextPassAt: '2026-03-10T11:30:00Z' }, now)).toBe('late');
    }
  );

  it('keeps a state that already says what is wrong', () => {
    expect(inboxHealth({ state: 'needs-you', nextPassAt: '2026-03-01T00:00:00Z' }, now)).toBe('needs-you');
  });

  it('a paused inbox is not late: nobody is to check it', () => {
    expect(inboxHealth({ state: 'paused', nextPassAt: '2026-03-01T00:00:00Z' }, now)).toBe('paused');
  });

  it('without a planned check there is nothing to be late for', () => {
    expect(inboxHealth({ state: 'ok', nextPassAt: null }, now)).toBe('ok');
  });
});
