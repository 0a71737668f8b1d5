import { folderWith, inboxWith, mailboxScene } from '../testing/mailbox-scene';
import { watchFolders } from './watch-folders';
import type { FolderChoice } from './watch-folders';

const scene = () => {
  const chosen: object[] = [];
  const updates: object[] = [];
  const folders = [
    folderWith('INBOX'),
    folderWith('Sent', { specialUse: 'sent' }),
    folderWith('CRM'),
    folderWith('Gone', { listed: false }),
  ];
  const built = mailboxScene({
    more: {
      inboxes: { load: async () => inboxWith(), update: async (_, change) => void updates.push(change) },
      folders: { list: async () => folders, choose: async (_, choices) => void chosen.push(choices) },
    },
  });
  return { ...built, chosen, updates };
};
const choice = (...folders: FolderChoice['folders']): FolderChoice => ({
  folders,
  sentCopy: 'append',
  sentFolderPath: 'Sent',
});

describe('what each folder is for', () => {
  test('is chosen; a folder that is for nothing is not watched', async () => {
    const { ports, chosen, updates } = scene();
    await watchFolders(
      ports,
      'I',
      choice(
        { folderPath: 'INBOX', role: 'watch' },
        { folderPath: 'Sent', role: 'none' },
        { folderPath: 'CRM', role: 'log' }
      )
    );
    expect(chosen).toEqual([
      [
        { folderPath: 'INBOX', role: 'watch' },
        { folderPath: 'CRM', role: 'log' },
      ],
    ]);
    expect(updates).toEqual([{ sentCopy: 'append', sentFolderPath: 'Sent' }]);
  });

  test.each<[string, FolderChoice]>([
    ['no folder "Nowhere"', choice({ folderPath: 'Nowhere', role: 'watch' })],
    ['no folder "Gone"', choice({ folderPath: 'Gone', role: 'watch' })],
    ['no folder "Away"', { ...choice(), sentFolderPath: 'Away' }],
    ['No folder was chosen for copies', { ...choice(), sentFolderPath: null }],
    ['named twice', choice({ folderPath: 'CRM', role: 'log' }, { folderPath: 'CRM', role: 'unlog' })],
    ['filled by the mail server', choice({ folderPath: 'INBOX', role: 'unlog' })],
    ['filled by the mail server', choice({ folderPath: 'Sent', role: 'log' })],
  ])('S9: refuses: %s', async (reason, refused) => {
    const { ports, chosen, updates } = scene();
    await expect(watchFolders(ports, 'I', refused)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(reason),
    });
    expect([chosen, updates]).toEqual([[], []]);
  });
});
