import type { Inbox, InboxState } from '../domain/inbox/inbox';
import { inboxWith, mailboxScene } from '../testing/mailbox-scene';
import { pauseInbox, resumeInbox } from './change-inbox-state';

const scene = (state: InboxState) => {
  const updates: (readonly InboxState[] | undefined)[] = [];
  const { ports } = mailboxScene({
    more: {
      inboxes: {
        load: async () => inboxWith({ state }),
        update: async (_: string, __: Partial<Inbox>, unless) => void updates.push(unless),
      },
    },
  });
  return { ports, updates };
};

describe('S4, S52: an inbox that somebody disconnected', () => {
  test.each([
    ['pause', pauseInbox],
    ['resumption', resumeInbox],
  ] as const)('is not connected by a %s', async (_, change) => {
    const { ports, updates } = scene('disconnected');
    await expect(change(ports, 'I', 'uma')).rejects.toMatchObject({ code: 'INBOX_NOT_CONNECTED' });
    expect(updates).toEqual([]);
  });

  test('stays so when it was disconnected in that very moment', async () => {
    const { ports, updates } = scene('ok');
    await pauseInbox(ports, 'I', 'uma');
    await resumeInbox(ports, 'I', 'uma');
    expect(updates).toEqual([['disconnected'], ['disconnected']]);
  });
});
