import type { Inbox } from '../../domain/inbox/inbox';
import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { inboxWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { loginOf } from './open-inbox';

const inbox = inboxWith();
const elsewhere = { ...inbox.imap, host: 'imap.new.test' };

/** `change`: of the inbox as it is stored, when its passwords are read. */
const loginAfter = (change: Partial<Inbox>) => {
  const inboxes = new FakeInboxes(inbox);
  const { ports } = mailboxScene({
    more: {
      inboxes: {
        ...inboxes.records,
        loadSecrets: async () => {
          await inboxes.records.change(inbox.documentId, () => change);
          return { imapPassword: 'sealed', smtpPassword: 'sealed' };
        },
      },
    },
  });
  return loginOf(ports, inbox, 'imap');
};

describe('S4: who logs in where', () => {
  test('a password that was entered for another server meanwhile does not go to the one before', async () => {
    await expect(loginAfter({ imap: elsewhere })).rejects.toMatchObject({ code: 'INBOX_CHANGED' });
    await expect(loginAfter({ imap: { ...inbox.imap, username: 'other' } })).rejects.toMatchObject({
      code: 'INBOX_CHANGED',
    });
  });

  test.each<Partial<Inbox>>([{}, { label: 'Us' }, { smtp: elsewhere }])(
    'else it is as stored: %j',
    async (change) => {
      await expect(loginAfter(change)).resolves.toEqual({ server: inbox.imap, password: 'password' });
    }
  );
});
