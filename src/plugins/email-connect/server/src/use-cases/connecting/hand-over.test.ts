import type { Named } from '../../domain/inbox/named';
import type { AdminUser } from '../../domain/inbox/named';
import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { inboxWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { handOver } from './hand-over';
import { nameOthers } from './name-others';

const user = (documentId: string, mayOwn: boolean): AdminUser => ({
  documentId,
  firstName: documentId,
  lastName: '',
  email: '',
  isActive: true,
  mayOwn,
});

const scene = () => {
  const inboxes = new FakeInboxes(inboxWith({ ownerDocumentId: 'uma' }));
  const people = { users: async () => [user('vic', true), user('wim', false)] };
  const told: string[] = [];
  const news = { announce: async ({ kind }: { kind: string }) => void told.push(kind) };
  return { ...mailboxScene({ more: { inboxes: inboxes.records, people, news } }), inboxes, told };
};

describe('w70: an inbox is handed over', () => {
  test('on record; its pages hear of it, and nothing else of it changes', async () => {
    const { ports, inboxes, audited, told } = scene();
    const before = inboxes.one();
    await handOver(ports, before, 'vic', 'mia');
    expect(inboxes.one()).toEqual({ ...before, ownerDocumentId: 'vic', version: before.version + 1 });
    expect(inboxes.also).toEqual([{}]);
    expect([audited, told]).toEqual([['inbox.handed-over ok'], ['inbox.changed']]);
  });

  test.each(['wim', 'nobody', ''])('not to who may not own one: %s, on record', async (to) => {
    const { ports, inboxes, audited } = scene();
    const refused = handOver(ports, inboxes.one(), to, 'mia');
    await expect(refused).rejects.toMatchObject({ code: 'OWNER_NOT_ALLOWED' });
    expect(inboxes.one().ownerDocumentId).toBe('uma');
    expect(audited).toEqual(['inbox.handed-over refused']);
  });

  test('not by who lost it meanwhile, who also names nobody any more', async () => {
    const { ports, inboxes, audited } = scene();
    const seen = inboxes.one();
    await handOver(ports, seen, 'vic', 'mia');
    const named: Named[] = [{ kind: 'user', documentId: 'uma' }];
    for (const late of [handOver(ports, seen, 'vic', 'uma'), nameOthers(ports, seen, named, 'uma')]) {
      await expect(late).rejects.toMatchObject({ code: 'INBOX_CHANGED' });
    }
    expect(audited).toEqual(['inbox.handed-over ok']);
    expect(inboxes.also).toEqual([{}]);
  });
});

test('w70: who is named is written with the inbox, on record', async () => {
  const { ports, inboxes, audited } = scene();
  const named: Named[] = [{ kind: 'role', documentId: 'sales' }];
  await nameOthers(ports, inboxes.one(), named, 'uma');
  expect([inboxes.also, audited]).toEqual([[{ named }], ['inbox.shared ok']]);
});
