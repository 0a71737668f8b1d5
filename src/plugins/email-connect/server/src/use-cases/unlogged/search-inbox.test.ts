import { address, id } from '../../testing/fakes/build-mail';
import { folderWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { never } from '../../testing/fakes/never';
import { searchInbox } from './search-inbox';

const reply = { messageId: id('in.1@customer.test'), inReplyTo: [id('sent.1@crm.test')] };
const stranger = {
  messageId: id('in.2@elsewhere.test'),
  from: [address('bob@elsewhere.test')],
  subject: 'Lunch',
};

describe('searching an inbox', () => {
  const folders = [
    folderWith('INBOX'),
    folderWith('Archive'),
    folderWith('Trash', { watched: false }),
    folderWith('Gone', { listed: false }),
  ];
  const mail = {
    INBOX: { messages: [{ imapUid: 1, headers: reply, receivedAt: '2026-02-10T10:00:00.000Z' }] },
    Archive: { messages: [{ imapUid: 5, headers: stranger, receivedAt: '2026-02-20T10:00:00.000Z' }] },
    Trash: { messages: [{ imapUid: 9, headers: reply }] },
    Gone: { messages: [] },
  };

  test('S12: looks into every watched folder and reads header fields only; newest first, with a verdict each', async () => {
    const { ports, mailbox } = mailboxScene({ folders, mail });
    const { messages, isCut, unreadable } = await searchInbox(ports, 'I', { since: '2026-01-01' }, never);
    expect(
      messages.map(({ location, verdict }) => [location.folderPath, location.imapUid, verdict.kind])
    ).toEqual([
      ['Archive', 5, 'ignore'],
      ['INBOX', 1, 'log'],
    ]);
    expect(messages[0]).toMatchObject({ subject: 'Lunch', from: [{ address: 'bob@elsewhere.test' }] });
    expect(messages[1]?.verdict).toMatchObject({ threadDocumentId: 'T', reason: null });
    expect([isCut, unreadable]).toEqual([false, []]);
    expect(mailbox.asked).toEqual([
      'open INBOX',
      'search',
      'headers of 1',
      'open Archive',
      'search',
      'headers of 1',
    ]);
    expect(mailbox.openSessions).toBe(0);
  });

  test('one folder only, by its name; a folder that is not watched is refused', async () => {
    const { ports, mailbox } = mailboxScene({ folders, mail });
    await searchInbox(ports, 'I', { subject: 'Lunch', folderPath: 'Archive' }, never);
    expect(mailbox.asked[0]).toBe('open Archive');
    await expect(searchInbox(ports, 'I', { subject: 'x', folderPath: 'Trash' }, never)).rejects.toMatchObject(
      {
        code: 'INPUT_INVALID',
      }
    );
  });

  test('a Message-ID is taken as it is copied, with its brackets', async () => {
    const { ports } = mailboxScene({ folders, mail });
    const { messages } = await searchInbox(ports, 'I', { messageId: ' <in.1@Customer.test> ' }, never);
    expect(messages).toHaveLength(1);
    await expect(searchInbox(ports, 'I', { messageId: '<>>' }, never)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  test('says which folder would not open, and shows what the others hold', async () => {
    const { ports } = mailboxScene({ folders, mail: { ...mail, INBOX: { messages: [], fails: true } } });
    const { messages, unreadable } = await searchInbox(ports, 'I', { since: '2026-01-01' }, never);
    expect(unreadable).toEqual(['INBOX']);
    expect(messages).toHaveLength(1);
  });

  test('shows the newest 50, and says that there are more', async () => {
    const messages = Array.from({ length: 60 }, (_, i) => ({
      imapUid: i + 1,
      headers: { ...stranger, messageId: id(`in.${i}@elsewhere.test`) },
      receivedAt: new Date(Date.UTC(2026, 1, 1, 0, i)).toISOString(),
    }));
    const { ports } = mailboxScene({ mail: { INBOX: { messages } } });
    const answer = await searchInbox(ports, 'I', { subject: 'Lunch' }, never);
    expect(answer.isCut).toBe(true);
    expect(answer.messages).toHaveLength(50);
    expect(answer.messages[0]?.location.imapUid).toBe(60);
  });
});
