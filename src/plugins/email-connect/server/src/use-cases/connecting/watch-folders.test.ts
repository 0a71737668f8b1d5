import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { folderWith, inboxWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { watchFolders } from './watch-folders';
import type { FoldersToWatch } from './watch-folders';

const scene = () => {
  const inboxes = new FakeInboxes(inboxWith());
  const folders = [
    folderWith('INBOX'),
    folderWith('Sent', { specialUse: 'sent' }),
    folderWith('CRM'),
    folderWith('Gone', { listed: false }),
  ];
  const built = mailboxScene({
    more: {
      inboxes: inboxes.records,
      folders: { list: async () => folders },
    },
  });
  return { ...built, inboxes };
};
const choice = (...folders: FoldersToWatch['folders']): FoldersToWatch => ({
  folders,
  sentCopy: 'append',
  sentFolderPath: 'Sent',
});

describe('what each folder is for', () => {
  test('is chosen; a folder that is for nothing is not watched', async () => {
    const { ports, inboxes } = scene();
    await watchFolders(
      ports,
      'I',
      choice(
        { folderPath: 'INBOX', role: 'watch' },
        { folderPath: 'Sent', role: 'none' },
        { folderPath: 'CRM', role: 'log' }
      )
    );
    const folders = [
      { folderPath: 'INBOX', role: 'watch' },
      { folderPath: 'CRM', role: 'log' },
    ];
    expect(inboxes.also).toEqual([{ folders }]);
    expect(inboxes.one()).toMatchObject({ sentCopy: 'append', sentFolderPath: 'Sent', version: 2 });
  });

  test.each<[string, FoldersToWatch]>([
    ['no folder "Nowhere"', choice({ folderPath: 'Nowhere', role: 'watch' })],
    ['no folder "Gone"', choice({ folderPath: 'Gone', role: 'watch' })],
    ['no folder "Away"', { ...choice(), sentFolderPath: 'Away' }],
    ['No folder was chosen for copies', { ...choice(), sentFolderPath: null }],
    ['named twice', choice({ folderPath: 'CRM', role: 'log' }, { folderPath: 'CRM', role: 'unlog' })],
    ['filled by the mail server', choice({ folderPath: 'INBOX', role: 'unlog' })],
    ['filled by the mail server', choice({ folderPath: 'Sent', role: 'log' })],
  ])('S9: refuses: %s', async (reason, refused) => {
    const { ports, inboxes } = scene();
    await expect(watchFolders(ports, 'I', refused)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(reason),
    });
    expect(inboxes.one()).toEqual(inboxWith());
  });
});
