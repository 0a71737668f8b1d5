import type { InboxFolderAnswer } from '../../../../../shared/contracts/inbox';
import { completenessOf, gapMinutes } from './completeness';

const folder = (folderPath: string, part: Partial<InboxFolderAnswer> = {}): InboxFolderAnswer => ({
  folderPath,
  specialUse: null,
  watched: true,
  role: 'watch',
  listed: true,
  lastPassAt: null,
  completeUpTo: '2026-03-01T10:00:00.000Z',
  missing: 0,
  lastErrorCode: null,
  failures: 0,
  retryAt: null,
  ...part,
});

describe('P10: completeness of an inbox', () => {
  it('is that of the folder that lags behind most', () => {
    const lagging = folder('Archive', { completeUpTo: '2026-03-01T09:59:00+01:00', missing: 2 });
    expect(completenessOf([folder('INBOX'), lagging])).toEqual({
      upTo: lagging.completeUpTo,
      missing: 2,
      failing: [],
    });
  });

  it('is none while one folder is not complete at all', () => {
    expect(completenessOf([folder('INBOX'), folder('New', { completeUpTo: null })]).upTo).toBeNull();
    expect(completenessOf([]).upTo).toBeNull();
  });

  it('does not ask folders that are not read', () => {
    const ignored = folder('Trash', {
      watched: false,
      completeUpTo: null,
      missing: 9,
      lastErrorCode: 'FOLDER_UNREADABLE',
    });
    expect(completenessOf([folder('INBOX'), ignored])).toEqual({
      upTo: '2026-03-01T10:00:00.000Z',
      missing: 0,
      failing: [],
    });
  });

  it('names the folders that fail', () => {
    const failing = folder('Old', { lastErrorCode: 'FOLDER_UNREADABLE' });
    expect(completenessOf([folder('INBOX'), failing]).failing).toEqual([failing]);
  });
});

describe('S7: a gap', () => {
  it('lasts whole minutes, at least one', () => {
    expect(gapMinutes({ from: '2026-03-01T10:00:00Z', to: '2026-03-01T10:20:10Z' })).toBe(20);
    expect(gapMinutes({ from: '2026-03-01T10:00:00Z', to: '2026-03-01T10:00:05Z' })).toBe(1);
  });
});
