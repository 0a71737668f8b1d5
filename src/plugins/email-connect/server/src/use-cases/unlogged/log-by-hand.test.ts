import type { InboxRequest, Location, RequestOutcome } from '../../ports';
import { uid } from '../../testing/fakes/build-mail';
import { folderWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { acceptSuggestion, dismissSuggestion } from './answer-suggestion';
import { logByHand } from './log-by-hand';

const location: Location = { folderPath: 'INBOX', uidValidity: '7', imapUid: uid(3) };
const done: RequestOutcome = { code: '', message: '', threadDocumentId: 'T' };

const scene = (world: {
  /** What the inbox answers, and after how many looks. */
  outcome?: RequestOutcome | null;
  looks?: number;
  inboxState?: 'ok' | 'paused' | 'disconnected';
  threadState?: 'open' | 'unlogged';
  suggested?: boolean;
}) => {
  const asked: Omit<InboxRequest, 'requestId' | 'attempts'>[] = [];
  const dismissed: Location[] = [];
  let looks = 0;
  let waitedMs = 0;
  const built = mailboxScene({
    inbox: { state: world.inboxState ?? 'ok' },
    folders: [folderWith('INBOX'), folderWith('Trash', { watched: false })],
    more: {
      clock: { now: () => new Date(), sleep: async (ms) => void (waitedMs += ms) },
      threads: {
        summary: async (documentId) =>
          documentId === 'T' ? ({ state: world.threadState ?? 'open' } as never) : null,
      },
      requests: {
        add: async (request) => asked.push(request),
        outcome: async () => {
          looks += 1;
          return looks > (world.looks ?? 0) ? (world.outcome ?? null) : null;
        },
      },
      suggestions: {
        list: async () =>
          world.suggested
            ? [{ location, threadDocumentId: 'T', evidence: {} as never, suggestedAt: '' }]
            : [],
        dismiss: async (_, place) => void dismissed.push(place),
      },
    },
  });
  return { ...built, asked, dismissed, waitedMs: () => waitedMs };
};

describe('logging by hand', () => {
  test('asks the one that holds the inbox, wakes it, waits for it, and is on record', async () => {
    const { ports, asked, woken, audited, waitedMs } = scene({ outcome: done, looks: 3 });
    await expect(
      logByHand(ports, 'I', { location, threadDocumentId: 'T', contact: null }, 'uma')
    ).resolves.toBe('T');
    expect(asked).toEqual([
      { inboxDocumentId: 'I', askedBy: 'uma', kind: 'log', location, threadDocumentId: 'T', contact: null },
    ]);
    expect(woken).toEqual(['I']);
    expect(audited).toEqual(['message.logged-by-hand ok']);
    expect(waitedMs()).toBe(750);
  });

  test('S45: the contact that was chosen goes with the request, and is on record', async () => {
    const { ports, asked } = scene({ outcome: done });
    const record = jest.spyOn(ports.audit, 'record');
    const contact = { contactType: 'api::person.person', documentId: 'nina' };
    await logByHand(ports, 'I', { location, threadDocumentId: null, contact }, 'uma');
    expect(asked).toMatchObject([{ location, contact }]);
    expect(record.mock.calls).toMatchObject([
      [{ facts: { contactType: 'api::person.person', contactDocumentId: 'nina' } }],
    ]);
  });

  test('what is not done within 20 s is not lost, and is said to be under way', async () => {
    const { ports, waitedMs } = scene({ outcome: null });
    await expect(
      logByHand(ports, 'I', { location, threadDocumentId: null, contact: null }, 'uma')
    ).rejects.toMatchObject({
      code: 'REQUEST_PENDING',
    });
    expect(waitedMs()).toBeGreaterThanOrEqual(20_000);
  });

  test.each([
    ['NOT_FOUND', 'NOT_FOUND'],
    ['MESSAGE_UNREADABLE', 'MESSAGE_UNREADABLE'],
    ['CONTACT_MISSING', 'CONTACT_MISSING'],
    ['SOMETHING_NEW', 'SERVER_REFUSED'],
  ])('a refusal of the inbox (%s) is told with a next step', async (code, told) => {
    const { ports } = scene({ outcome: { code, message: 'It is gone.', threadDocumentId: null } });
    await expect(
      logByHand(ports, 'I', { location, threadDocumentId: null, contact: null }, 'uma')
    ).rejects.toMatchObject({
      code: told,
      message: 'It is gone.',
      nextStep: expect.stringMatching(/\w{3}/),
    });
  });

  test.each(['paused', 'disconnected'] as const)(
    'an inbox that is %s is asked nothing',
    async (inboxState) => {
      const { ports, asked } = scene({ inboxState });
      await expect(
        logByHand(ports, 'I', { location, threadDocumentId: null, contact: null }, 'uma')
      ).rejects.toMatchObject({
        code: 'INBOX_NOT_CONNECTED',
      });
      expect(asked).toEqual([]);
    }
  );

  test('S21: nothing is logged into a thread that was un-logged, or that is not there', async () => {
    const { ports, asked } = scene({ threadState: 'unlogged' });
    await expect(
      logByHand(ports, 'I', { location, threadDocumentId: 'T', contact: null }, 'uma')
    ).rejects.toMatchObject({
      code: 'THREAD_UNLOGGED',
    });
    await expect(
      logByHand(ports, 'I', { location, threadDocumentId: 'X', contact: null }, 'uma')
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(asked).toEqual([]);
  });

  test.each([
    ['/etc', 'NOT_FOUND'],
    ['Trash', 'INPUT_INVALID'],
  ])('from %s, which is no watched folder, nothing is logged: %s', async (folderPath, code) => {
    const { ports, asked } = scene({});
    const elsewhere = { location: { ...location, folderPath }, threadDocumentId: null, contact: null };
    await expect(logByHand(ports, 'I', elsewhere, 'uma')).rejects.toMatchObject({ code });
    expect(asked).toEqual([]);
  });
});

describe('answering a suggestion', () => {
  test('yes: logged into the thread it was suggested for, and asked no more', async () => {
    const { ports, asked, dismissed } = scene({ suggested: true, outcome: done });
    await expect(acceptSuggestion(ports, 'I', { location, contact: null }, 'uma')).resolves.toBe('T');
    expect(asked).toMatchObject([{ location, threadDocumentId: 'T' }]);
    expect(dismissed).toEqual([location]);
  });

  test('yes, and it cannot be logged: it stays suggested', async () => {
    const outcome = { code: 'NOT_FOUND', message: 'It is gone.', threadDocumentId: null };
    const { ports, dismissed } = scene({ suggested: true, outcome });
    await expect(acceptSuggestion(ports, 'I', { location, contact: null }, 'uma')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(dismissed).toEqual([]);
  });

  test('S45, w76: yes, and it would stand on nobody: it stays suggested, and is logged on whom they choose', async () => {
    const contact = { contactType: 'api::person.person', documentId: 'nina' };
    const outcome = { code: 'CONTACT_MISSING', message: 'On nobody.', threadDocumentId: null };
    const refused = scene({ suggested: true, outcome });
    await expect(
      acceptSuggestion(refused.ports, 'I', { location, contact: null }, 'uma')
    ).rejects.toMatchObject({ code: 'CONTACT_MISSING' });
    expect(refused.dismissed).toEqual([]);
    const { ports, asked } = scene({ suggested: true, outcome: done });
    await acceptSuggestion(ports, 'I', { location, contact }, 'uma');
    expect(asked).toMatchObject([{ location, threadDocumentId: 'T', contact }]);
  });

  test('a message that is not suggested is not logged by this', async () => {
    const { ports, asked } = scene({ outcome: done });
    await expect(acceptSuggestion(ports, 'I', { location, contact: null }, 'uma')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(asked).toEqual([]);
  });

  test('no: asked no more', async () => {
    const { ports, dismissed, audited } = scene({ suggested: true });
    await dismissSuggestion(ports, 'I', location, 'uma');
    expect(dismissed).toEqual([location]);
    expect(audited).toEqual(['suggestion.dismissed ok']);
  });
});
