import type { NewsItem } from '../../../../shared/contracts/news';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import type { AdminUser } from '../../domain/inbox/named';
import type { AccessRequest, Audit, Ports } from '../../ports';
import { answerAccessRequest, chooseInboxLevel, openAccessRequests } from '.';

const request: AccessRequest = {
  id: 1,
  threadDocumentId: 'T',
  inboxDocumentId: 'I',
  userDocumentId: 'mia',
  state: 'open',
  askedAt: '2026-03-01T09:00:00.000Z',
};
const user = (documentId: string, isActive = true): AdminUser => ({
  documentId,
  firstName: documentId,
  lastName: '',
  email: '',
  isActive,
  mayOwn: isActive,
});

/** Uma's inbox, at which Mia asks. */
const scene = (uma: AdminUser | null = user('uma'), by = 'mia') => {
  const entries: Parameters<Audit['record']>[0][] = [];
  const told: NewsItem[] = [];
  let state = 'open';
  const inbox = inboxWith({ ownerDocumentId: 'uma' });
  const ports = {
    inboxes: {
      list: async () => [inbox],
      load: async () => inbox,
      change: async (_: string, decide: (stored: typeof inbox) => object) => ({ ...inbox, ...decide(inbox) }),
    },
    people: { users: async () => (uma ? [uma] : []), roles: async () => [] },
    levels: {
      isReady: async () => true,
      open: async (inboxes: readonly string[]) =>
        inboxes.includes('I') && state === 'open' ? [{ ...request, userDocumentId: by }] : [],
      answer: async (_: number, said: string) => {
        state = said;
        return true;
      },
    },
    audit: { record: async (entry: Parameters<Audit['record']>[0]) => void entries.push(entry) },
    clock: { now: () => new Date(0) },
    news: { announce: async (item: NewsItem) => void told.push(item) },
  } as unknown as Pick<Ports, 'inboxes' | 'levels' | 'people' | 'audit' | 'clock' | 'news'>;
  return { ports, entries, told };
};

const manager = { documentId: 'max', managesAll: true };
const owner = { documentId: 'uma', managesAll: false };

describe('w66, w67: who answers a question', () => {
  it.each([
    ['the owner', owner, user('uma'), true],
    ['no manager while the owner is there', manager, user('uma'), false],
    ['a manager once the owner is blocked', manager, user('uma', false), true],
    ['a manager once the owner is gone', manager, null, true],
    ['nobody else', { documentId: 'tom', managesAll: false }, null, false],
  ] as const)('%s', async (_who, actor, uma, theirs) => {
    expect(await openAccessRequests(scene(uma).ports, actor)).toHaveLength(theirs ? 1 : 0);
  });

  it('nobody their own: a manager would open mail to themselves', async () => {
    expect(await openAccessRequests(scene(null, 'max').ports, manager)).toEqual([]);
    const { ports } = scene(null, 'max');
    await expect(answerAccessRequest(ports, 1, 'granted', manager)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('once, and on record', async () => {
    const { ports, entries, told } = scene();
    await answerAccessRequest(ports, 1, 'granted', owner);
    expect(told).toMatchObject([{ kind: 'access.answered', threadDocumentId: 'T', userDocumentId: 'mia' }]);
    expect(entries).toEqual([
      {
        action: 'access.granted',
        actor: 'uma',
        subject: 'T',
        outcome: 'ok',
        facts: { inbox: 'I', user: 'mia' },
      },
    ]);
    await expect(answerAccessRequest(ports, 1, 'refused', owner)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('S42: the level of an inbox', () => {
  it('is chosen by its owner, on record', async () => {
    const { ports, entries } = scene();
    expect(await chooseInboxLevel(ports, 'I', 'private', 'uma')).toMatchObject({ level: 'private' });
    expect(entries).toMatchObject([
      { action: 'inbox.level-chosen', outcome: 'ok', facts: { to: 'private' } },
    ]);
  });

  it.each(['max', 'tom', ''])('and by nobody else, on record: %p', async (actor) => {
    const { ports, entries } = scene();
    await expect(chooseInboxLevel(ports, 'I', 'full', actor)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(entries).toMatchObject([{ action: 'inbox.level-chosen', outcome: 'refused' }]);
  });
});
