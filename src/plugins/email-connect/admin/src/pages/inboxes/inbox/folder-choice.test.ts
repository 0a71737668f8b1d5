import type { InboxFolderAnswer } from '../../../../../shared/contracts/inbox';
import {
  isSameChoice,
  isWholeChoice,
  roleOf,
  withRole,
  withSentCopy,
  type FoldersDraft,
} from './folder-choice';

const watching = (...folderPaths: string[]): FoldersDraft => ({
  folders: folderPaths.map((folderPath) => ({ folderPath, role: 'watch' })),
  sentCopy: 'server',
  sentFolderPath: null,
});
const choice = watching('INBOX');
const sent: InboxFolderAnswer = {
  folderPath: 'Gesendet',
  specialUse: 'sent',
  watched: false,
  role: 'none',
  listed: true,
  lastPassAt: null,
  completeUpTo: null,
  missing: 0,
  lastErrorCode: null,
  failures: 0,
  retryAt: null,
};

describe('folder choice', () => {
  it('names a folder once, with the role that was chosen last, and not at all when it is not read', () => {
    const twice = withRole(withRole(choice, 'Archive', 'watch'), 'Archive', 'log');
    expect(twice.folders).toEqual([
      { folderPath: 'INBOX', role: 'watch' },
      { folderPath: 'Archive', role: 'log' },
    ]);
    expect(roleOf(twice, 'Archive')).toBe('log');
    const without = withRole(twice, 'INBOX', 'none');
    expect(without.folders).toEqual([{ folderPath: 'Archive', role: 'log' }]);
    expect(roleOf(without, 'INBOX')).toBe('none');
  });

  it('is another choice when a role differs', () => {
    expect(isSameChoice(choice, withRole(choice, 'INBOX', 'unlog'))).toBe(false);
  });

  it('S9: proposes the Sent folder the server names, and none when it names none', () => {
    expect(withSentCopy(choice, 'append', [sent]).sentFolderPath).toBe('Gesendet');
    const none = withSentCopy(choice, 'append', [{ ...sent, specialUse: null }]);
    expect(none.sentFolderPath).toBeNull();
    expect(isWholeChoice(none)).toBe(false);
  });

  it('is the same choice in another order', () => {
    const one = watching('A', 'B');
    expect(isSameChoice(one, watching('B', 'A'))).toBe(true);
    expect(isSameChoice(one, { ...one, sentCopy: 'none' })).toBe(false);
  });
});
