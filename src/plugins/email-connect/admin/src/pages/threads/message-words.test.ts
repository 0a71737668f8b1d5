import { newestLetter, timeOf } from './message-words';
import { testMessage as message } from './test-message';

describe('the message that is open from the start', () => {
  it('P6: is the newest letter, not the bounce that came after it', () => {
    const letters = [message('first'), message('second'), message('bounce', { notice: 'bounce' })];
    expect(newestLetter(letters)?.documentId).toBe('second');
  });

  it('S42: is the newest that is told in full, not what cannot be opened', () => {
    const letters = [message('told'), message('facts', { level: 'facts' })];
    expect(newestLetter(letters)?.documentId).toBe('told');
  });

  it('is the newest notice where there is no letter, and none where nothing is left', () => {
    expect(newestLetter([message('bounce', { notice: 'bounce' })])?.documentId).toBe('bounce');
    expect(newestLetter([])).toBeUndefined();
  });
});

describe('a message as a line', () => {
  it('stands at the time it was written, else at that of its arrival', () => {
    expect(timeOf(message('dated', { sentAt: '2026-02-01T08:00:00.000Z' }))).toBe('2026-02-01T08:00:00.000Z');
    expect(timeOf(message('undated'))).toBe('2026-03-01T10:00:00.000Z');
  });
});
