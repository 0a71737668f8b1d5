import type { Suggestion } from '../../ports';
import { id, uid } from '../../testing/fakes/build-mail';
import { folderWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { never } from '../../testing/fakes/never';
import { listSuggestions } from './list-suggestions';

const suggestion = (folderPath: string, imapUid: number, uidValidity = '7'): Suggestion => ({
  location: { folderPath, uidValidity, imapUid: uid(imapUid) },
  threadDocumentId: 'T',
  evidence: { rung: 'subject', confidence: 0.5, header: 'Subject', value: '' },
  suggestedAt: '2026-03-01T10:00:00.000Z',
});

describe('suggested messages', () => {
  const mail = {
    INBOX: { messages: [{ imapUid: 3, headers: { messageId: id('in.1@customer.test'), subject: 'Offer' } }] },
  };
  const sceneOf = (suggestions: Suggestion[]) =>
    mailboxScene({
      folders: [folderWith('INBOX'), folderWith('Archive')],
      mail,
      more: { suggestions: { list: async () => suggestions } },
    });

  test('S12, S19: who wrote them and about what is read from the mailbox, by header fields only', async () => {
    const { ports, mailbox } = sceneOf([suggestion('INBOX', 3)]);
    expect(await listSuggestions(ports, 'I', never)).toEqual([
      {
        ...suggestion('INBOX', 3),
        glimpse: expect.objectContaining({ subject: 'Offer', from: [expect.anything()] }),
      },
    ]);
    expect(mailbox.asked).toEqual(['open INBOX', 'headers of 1']);
    expect(mailbox.openSessions).toBe(0);
  });

  test.each([
    ['was deleted', suggestion('INBOX', 4)],
    ['has another number now', suggestion('INBOX', 3, '6')],
    ['lies in a folder that would not open', suggestion('Archive', 3)],
    ['lies in a folder that is gone', suggestion('Gone', 3)],
  ])('one that %s is listed without what was read', async (_, one) => {
    expect(await listSuggestions(sceneOf([one]).ports, 'I', never)).toEqual([{ ...one, glimpse: null }]);
  });

  test('none: the mailbox is not asked', async () => {
    const { ports, mailbox } = sceneOf([]);
    expect(await listSuggestions(ports, 'I', never)).toEqual([]);
    expect(mailbox.asked).toEqual([]);
  });
});
