import type { Inbox } from '../../domain/inbox/inbox';
import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { FakeOutbox, outboxEntry } from '../../testing/fakes/fake-outbox';
import { inboxWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { disconnectInbox, pauseInbox, resumeInbox } from './change-inbox-state';

const scene = (change: Partial<Inbox>) => {
  const inboxes = new FakeInboxes(inboxWith(change));
  const outbox = new FakeOutbox(outboxEntry());
  const news = { announce: async () => undefined };
  const more = { inboxes: inboxes.records, outbox: outbox.records, news };
  return { ...mailboxScene({ more }), inboxes, outbox };
};

describe('S4, S52: an inbox that somebody disconnected', () => {
  test.each([
    ['pause', pauseInbox],
    ['resumption', resumeInbox],
  ] as const)('is not connected by a %s, were it in that very moment', async (_, change) => {
    const { ports, inboxes, audited } = scene({ state: 'disconnected' });
    await expect(change(ports, 'I', 'uma')).rejects.toMatchObject({ code: 'INBOX_NOT_CONNECTED' });
    expect([inboxes.one().state, audited]).toEqual(['disconnected', []]);
  });
});

describe('S52: what a person decides of an inbox', () => {
  test('a pause is a new version of it', async () => {
    const { ports, inboxes } = scene({ nextPassAt: '2026-03-01T12:00:00.000Z' });
    const paused = await pauseInbox(ports, 'I', 'uma');
    expect(paused).toMatchObject({ state: 'paused', nextPassAt: null, version: 2 });
    expect([inboxes.one(), inboxes.also]).toEqual([paused, [{}]]);
  });

  test('c25: its end lets the mail server be asked at once, as for the first time', async () => {
    const { ports, inboxes } = scene({ state: 'paused', consecutiveFailures: 7 });
    await resumeInbox(ports, 'I', 'uma');
    expect(inboxes.one()).toMatchObject({ state: 'catching-up', consecutiveFailures: 0, version: 2 });
    expect(inboxes.also).toEqual([{ endsRest: true }]);
  });

  test('S4: a disconnection forgets the passwords with it, and holds what waits', async () => {
    const { ports, inboxes, outbox } = scene({});
    await disconnectInbox(ports, 'I', 'uma');
    expect(inboxes.one()).toMatchObject({ state: 'disconnected', version: 2 });
    expect(inboxes.also).toEqual([{ secrets: null }]);
    expect(outbox.entry.stage).toBe('held');
  });
});
