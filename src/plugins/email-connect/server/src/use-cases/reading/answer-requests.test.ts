import type { EmailConnectError } from '../../domain/errors';
import { FakeFolder, refusal } from '../../testing/fakes/fake-folder';
import type { LinkedContact } from '../../domain/outgoing/outgoing';
import type { FakeMessage } from '../../testing/fakes/fake-folder';
import { folderWith, inboxWith } from '../../testing/fakes/mailbox-scene';
import { reply, requestPorts, stranger } from '../../testing/fakes/folder-scene';
import { uid } from '../../testing/fakes/build-mail';
import type { AskedMessage, ImapSession, InboxRequest, LoggedFate, RequestOutcome } from '../../ports';
import { answerRequests } from './answer-requests';

const nina: LinkedContact = { contactType: 'api::person.person', documentId: 'nina' };

interface World {
  fates?: LoggedFate[];
  attempts?: number;
  /** On whom these messages stand by themselves, and whom the person chose. */
  standsOn?: LinkedContact[];
  contact?: LinkedContact | null;
}

/** Requests for the messages of an INBOX, in order; turns over one connection each, until one ends well. */
const answersOf = async (
  messages: FakeMessage[],
  { fates = [], attempts = 0, standsOn = [nina], contact = null }: World = {}
) => {
  const open: InboxRequest[] = messages.map(({ imapUid }, i) => ({
    requestId: i + 1,
    inboxDocumentId: 'I',
    askedBy: 'owner',
    kind: 'log',
    threadDocumentId: null,
    contact,
    attempts,
    location: { folderPath: 'INBOX', uidValidity: '7', imapUid },
  }));
  const answers = new Map<number, RequestOutcome>();
  const bodies: number[] = [];
  const asked: (AskedMessage | undefined)[] = [];
  const ports = requestPorts({
    fates,
    standsOn,
    contacts: ['nina'],
    folders: [folderWith('INBOX')],
    requests: {
      next: async () =>
        open
          .filter(({ requestId }) => !answers.has(requestId))
          .map((request) => ({ ...request }))
          .sort((one, other) => one.attempts - other.attempts)[0] ?? null,
      begin: async (_, requestId) => {
        const request = open.find((one) => one.requestId === requestId);
        if (request) request.attempts += 1;
      },
      finish: async (_, requestId, outcome) => void answers.set(requestId, outcome),
    },
  });
  const { recordPass } = ports.messages;
  ports.messages.recordPass = (outcome) => {
    asked.push(...outcome.logged.map((one) => one.asked));
    return recordPass(outcome);
  };
  const state = { uidValidity: '7', uidNext: 100, exists: messages.length, objectId: null };
  const failures: string[] = [];
  for (let turn = 1; turn <= 10; turn += 1) {
    const folder = new FakeFolder(messages, state);
    const session = { openFolder: async () => folder } as unknown as ImapSession;
    const pass = {
      inbox: inboxWith(),
      fence: { inboxDocumentId: 'I', token: 1 },
      session,
      signal: new AbortController().signal,
    };
    const failure = await answerRequests(ports, pass).then(
      () => null,
      (error: EmailConnectError) => error
    );
    bodies.push(...folder.fetchedBodies);
    if (!failure) break;
    failures.push(failure.code);
  }
  return { answers, bodies, failures, asked };
};

describe('what people ask of an inbox', () => {
  test('P1, S39: a message that ends the connection ends its own request at the third time, and stops no other', async () => {
    const { answers, bodies, failures } = await answersOf([
      reply(1, { bodyFailures: [refusal('CONNECTION_LOST')] }),
      reply(2),
    ]);
    expect(failures).toEqual(['CONNECTION_LOST', 'CONNECTION_LOST', 'CONNECTION_LOST']);
    expect(bodies).toEqual([1, 2, 1, 1]);
    expect(answers.get(1)).toEqual({
      code: 'CONNECTION_LOST',
      message: 'The connection to the mail server ended three times while this message was read.',
      threadDocumentId: null,
    });
    expect(answers.get(2)?.code).toBe('');
  });

  test('one that ended the process three times is not tried again', async () => {
    const { answers, bodies } = await answersOf([reply(1)], { attempts: 3 });
    expect([bodies, answers.get(1)?.code]).toEqual([[], 'MESSAGE_UNREADABLE']);
  });

  test.each([
    [{ kind: 'not-written', reason: 'thread-unlogged' }, 'THREAD_UNLOGGED', null],
    [{ kind: 'not-written', reason: 'removed' }, 'THREAD_UNLOGGED', null],
    [{ kind: 'not-written', reason: 'no-contact' }, 'CONTACT_MISSING', null],
    [{ kind: 'not-written', reason: 'chosen-is-gone' }, 'CONTACT_MISSING', null],
    [{ kind: 'refused', failure: refusal('DATA_REFUSED') }, 'DATA_REFUSED', null],
    [{ kind: 'was-there', messageDocumentId: 'M' }, '', 'T'],
    [{ kind: 'recorded', messageDocumentId: 'M' }, '', 'T'],
  ] as const)('S48: done is what is written: %j', async (fate, code, threadDocumentId) => {
    const { answers } = await answersOf([reply(1)], { fates: [fate] });
    expect(answers.get(1)).toMatchObject({ code, threadDocumentId });
  });

  test.each([
    ['it begins a conversation', stranger(1)],
    ['w7, w9: it belongs to one', reply(1)],
  ])('S45, w76: what would stand on nobody is not logged, and its body is not read (%s)', async (_, mail) => {
    const { answers, bodies, asked } = await answersOf([mail], { standsOn: [] });
    expect(answers.get(1)).toMatchObject({ code: 'CONTACT_MISSING', threadDocumentId: null });
    expect([bodies, asked]).toEqual([[], []]);
  });

  test('S45: it is logged on the contact that was chosen', async () => {
    const { answers, asked } = await answersOf([stranger(1)], { standsOn: [], contact: nina });
    expect(answers.get(1)?.code).toBe('');
    expect(asked).toEqual([{ chosen: nina }]);
  });

  test('S45: what stands on its own people is recorded as asked for, so that this is looked at once more', async () => {
    const { asked } = await answersOf([reply(1)]);
    expect(asked).toEqual([{ chosen: null }]);
  });

  test('S45: a chosen contact that was deleted meanwhile: nothing is read or logged', async () => {
    const contact = { ...nina, documentId: 'gone' };
    const { answers, bodies } = await answersOf([stranger(1)], { contact });
    expect(answers.get(1)).toMatchObject({
      code: 'CONTACT_MISSING',
      message: expect.stringMatching(/chosen/),
    });
    expect(bodies).toEqual([]);
  });

  test('a message that is gone is said so', async () => {
    const { answers } = await answersOf([{ imapUid: uid(1), raw: 'in.1@customer.test', isGone: true }]);
    expect(answers.get(1)?.code).toBe('NOT_FOUND');
  });
});
