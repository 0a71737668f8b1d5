import type { InboxFolder } from '../../../../../shared/contracts/inbox';
import { isSameChoice, isWholeChoice, withSentCopy, withWatched, type FolderChoice } from './folder-choice';

const choice: FolderChoice = { watched: ['INBOX'], sentCopy: 'server', sentFolderPath: null };
const sent: InboxFolder = {
  folderPath: 'Gesendet',
  specialUse: 'sent',
  watched: false,
  lastPassAt: null,
  lastErrorCode: null,
};

describe('folder choice', () => {
  it('watches a folder once, however often it is chosen', () => {
    const twice = withWatched(withWatched(choice, 'Archive', true), 'Archive', true);
    expect(twice.watched).toEqual(['INBOX', 'Archive']);
    expect(withWatched(twice, 'INBOX', false).watched).toEqual(['Archive']);
  });

  it('S9: proposes the Sent folder the server names, and none when it names none', () => {
    expect(withSentCopy(choice, 'append', [sent]).sentFolderPath).toBe('Gesendet');
    const none = withSentCopy(choice, 'append', [{ ...sent, specialUse: null }]);
    expect(none.sentFolderPath).toBeNull();
    expect(isWholeChoice(none)).toBe(false);
  });

  it('is the same choice in another order', () => {
    const one = { ...choice, watched: ['A', 'B'] };
    expect(isSameChoice(one, { ...choice, watched: ['B', 'A'] })).toBe(true);
    expect(isSameChoice(one, { ...one, sentCopy: 'none' })).toBe(false);
  });
});
