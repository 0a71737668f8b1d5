import type { Inbox } from '../domain/inbox/inbox';
import type { Ports } from '../ports';
import { FakeOutbox, outboxEntry } from '../testing/fake-outbox';
import { inboxWith, mailboxScene } from '../testing/mailbox-scene';
import { editInbox } from './edit-inbox';

const edited = inboxWith();
const form = {
  ...{ label: 'Us', address: edited.address, senderName: '', provider: 'custom' },
  ...{ imap: edited.imap, smtp: edited.smtp, imapPassword: 'new', smtpPassword: 'new' },
};

/** An inbox with one mail on its way out, edited by its owner. */
const edit = async (inbox: Partial<Inbox>) => {
  const outbox = new FakeOutbox(outboxEntry());
  let stored = inboxWith(inbox);
  const { ports } = mailboxScene({
    more: {
      secrets: { assertKey: () => undefined, seal: (plain) => plain },
      smtp: { test: async () => undefined },
      imap: { test: async () => [] },
      rateLimits: { count: async () => null, takeBack: async () => undefined },
      folders: { merge: async () => undefined },
      inboxes: {
        load: async () => stored,
        saveSecrets: async () => undefined,
        update: async (_, change) => {
          stored = { ...stored, ...change };
        },
      },
      outbox: outbox.records,
      news: { announce: async () => undefined },
    } as Parameters<typeof mailboxScene>[0]['more'] & object,
  });
  await editInbox(ports as Ports, 'I', form, 'owner');
  return outbox;
};

describe('an inbox that is edited', () => {
  test('c25: what was put off for its old password is tried again at once', async () => {
    const { transitions } = await edit({ state: 'ok' });
    expect(transitions).toEqual([{ from: ['queued'], to: 'queued', waitMs: 0, failure: null }]);
  });

  test('S4: one that was disconnected holds what was queued, and lets nothing go by itself', async () => {
    const { entry } = await edit({ state: 'disconnected' });
    expect(entry.stage).toBe('held');
  });
});
