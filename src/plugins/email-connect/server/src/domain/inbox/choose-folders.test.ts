import type { FolderListing, SpecialUse } from '../sync/folder';
import { chooseFolders } from './choose-folders';

const folder = (
  folderPath: string,
  specialUse: SpecialUse | null = null,
  selectable = true
): FolderListing => ({
  folderPath,
  delimiter: '/',
  specialUse,
  selectable,
  objectId: null,
});

const DOVECOT = [
  folder('Archive', 'archive'),
  folder('Customers', null, false),
  folder('Customers/Big'),
  folder('Drafts', 'drafts'),
  folder('INBOX', 'inbox'),
  folder('Junk', 'junk'),
  folder('Sent', 'sent'),
  folder('Trash', 'trash'),
];
const GMAIL = [
  folder('INBOX', 'inbox'),
  folder('Label'),
  folder('[Gmail]', null, false),
  folder('[Gmail]/All Mail', 'all'),
  folder('[Gmail]/Drafts', 'drafts'),
  folder('[Gmail]/Important'),
  folder('[Gmail]/Sent Mail', 'sent'),
  folder('[Gmail]/Spam', 'junk'),
  folder('[Gmail]/Starred', 'flagged'),
  folder('[Gmail]/Trash', 'trash'),
];
const watchedOf = (listing: FolderListing[], provider = 'custom') =>
  chooseFolders(listing, provider)
    .folders.filter(({ watched }) => watched)
    .map(({ folderPath }) => folderPath);

describe('S16: watched folders', () => {
  it.each<[string, FolderListing[], string, string[]]>([
    [
      'all but Trash and Drafts, INBOX first',
      DOVECOT,
      'custom',
      ['INBOX', 'Archive', 'Customers/Big', 'Junk', 'Sent'],
    ],
    ['Gmail: All Mail and Spam', GMAIL, 'gmail', ['[Gmail]/All Mail', '[Gmail]/Spam']],
    ["Gmail behind a domain of one's own", GMAIL, 'custom', ['[Gmail]/All Mail', '[Gmail]/Spam']],
    [
      'Gmail with All Mail hidden',
      GMAIL.filter(({ specialUse }) => specialUse !== 'all'),
      'gmail',
      ['INBOX', 'Label', '[Gmail]/Important', '[Gmail]/Sent Mail', '[Gmail]/Spam'],
    ],
    [
      'elsewhere no All Mail (Proton)',
      [folder('INBOX', 'inbox'), folder('All Mail', 'all'), folder('Sent', 'sent')],
      'proton-bridge',
      ['INBOX', 'Sent'],
    ],
    ['INBOX only', [folder('INBOX', 'inbox')], 'custom', ['INBOX']],
    ['no folder', [], 'custom', []],
  ])('%s', (_, listing, provider, expected) => {
    expect(watchedOf(listing, provider)).toEqual(expected);
  });

  it('c12: lists what can be selected, watched or not', () => {
    const { folders } = chooseFolders(DOVECOT, 'custom');
    expect(folders).toHaveLength(7);
    expect(folders).toContainEqual(expect.objectContaining({ folderPath: 'Trash', watched: false }));
  });
});

describe('S8, S9: the copy in Sent', () => {
  it.each<[string, FolderListing[], string, string, string | null]>([
    ['appended where there is a Sent folder', DOVECOT, 'custom', 'append', 'Sent'],
    ['by Gmail itself', GMAIL, 'gmail', 'server', '[Gmail]/Sent Mail'],
    ["by Gmail itself, behind a domain of one's own", GMAIL, 'custom', 'server', '[Gmail]/Sent Mail'],
    [
      'by Microsoft itself',
      [folder('INBOX', 'inbox'), folder('Gesendete Elemente', 'sent')],
      'microsoft',
      'server',
      'Gesendete Elemente',
    ],
    ['none without a Sent folder', [folder('INBOX', 'inbox'), folder('Sent stuff')], 'custom', 'none', null],
    [
      'none where Sent cannot be selected',
      [folder('INBOX', 'inbox'), folder('Sent', 'sent', false)],
      'custom',
      'none',
      null,
    ],
  ])('%s', (_, listing, provider, sentCopy, sentFolderPath) => {
    expect(chooseFolders(listing, provider)).toMatchObject({ sentCopy, sentFolderPath });
  });
});
