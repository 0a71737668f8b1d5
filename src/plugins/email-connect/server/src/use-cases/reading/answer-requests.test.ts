import type { EmailConnectError } from '../../domain/errors';
import { FakeFolder, refusal } from '../../testing/fakes/fake-folder';
import type { Thread } from '../../../../shared/contracts/thread';
import type { LinkedContact } from '../../domain/outgoing/outgoing';
import type { FakeMessage } from '../../testing/fakes/fake-folder';
import { folderWith, inboxWith } from '../../testing/fakes/mailbox-scene';
import { reply, requestPorts, stranger } from '../../testing/fakes/folder-scene';
import { uid } from '../../testing/fakes/build-mail';
import type { ImapSession, InboxRequest, LoggedFate, RequestOutcome } from '../../ports';
import { answerRequests } from './answer-requests';

const nina: LinkedContact = { contactType: 'api::person.person', documentId: 'nina' };

interface World {
  fates?: LoggedFate[];
  attempts?: number;
  /** Who stands on the threads of these messages, and whom the person chose. */
  standing?: LinkedContact[];
  contact?: LinkedContact | null;
  /** Where the threads came into being. */
  threadInbox?: string;
}

/** Requests for the messages of an INBOX, in order; turns over one connection each, until one ends well. */
const answersOf = async (
  messages: FakeMessage[],
  { fates = [], attempts = 0, standing = [nina], contact = null, threadInbox = 'I' }: World = {}
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
  const chosen: (LinkedContact | undefined)[] = [];
  const ports = requestPorts({
    fates,
    contacts: {
      standingOn: async () => standing,
      load: async ({ documentId }) => (documentId === 'nina' ? { name: 'Nina', addresses: [] } : null),
    },
    threads: { summary: async () => ({ inboxDocumentId: threadInbox }) as Thread },
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
    chosen.push(...outcome.logged.map((one) => one.contact));
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
  return { answers, bodies, failures, chosen };
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
    [{ kind: 'not-written', reason: 'nobody' }, 'CONTACT_MISSING', null],
    [{ kind: 'refused', failure: refusal('DATA_REFUSED') }, 'DATA_REFUSED', null],
    [{ kind: 'was-there', messageDocumentId: 'M' }, '', 'T'],
    [{ kind: 'recorded', messageDocumentId: 'M' }, '', 'T'],
  ] as const)('S48: done is what is written: %j', async (fate, code, threadDocumentId) => {
    const { answers } = await answersOf([reply(1)], { fates: [fate] });
    expect(answers.get(1)).toMatchObject({ code, threadDocumentId });
  });

  test('S45: a message that nobody would see is not logged, and its body is not read', async () => {
    const { answers, bodies, chosen } = await answersOf([stranger(1)], { standing: [] });
    expect(answers.get(1)).toMatchObject({ code: 'CONTACT_MISSING', threadDocumentId: null });
    expect([bodies, chosen]).toEqual([[], []]);
  });

  test('S45: it is logged on the contact that was chosen', async () => {
    const { answers, chosen } = await answersOf([stranger(1)], { standing: [], contact: nina });
    expect(answers.get(1)?.code).toBe('');
    expect(chosen).toEqual([nina]);
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

  test('S24: a reply into a conversation that others stand on opens it to no chosen contact', async () => {
    const { answers, chosen } = await answersOf([reply(1)], { contact: nina });
    expect(answers.get(1)).toMatchObject({ code: '', threadDocumentId: 'T' });
    expect(chosen).toEqual([undefined]);
  });

  test('S24: nor does it open one of another inbox that nobody stands on', async () => {
    const { answers, bodies } = await answersOf([reply(1)], {
      standing: [],
      contact: nina,
      threadInbox: 'another',
    });
    expect([answers.get(1)?.code, bodies]).toEqual(['NOT_ALLOWED', []]);
  });

  test('a message that is gone is said so', async () => {
    const { answers } = await answersOf([{ imapUid: uid(1), raw: 'in.1@customer.test', isGone: true }]);
    expect(answers.get(1)?.code).toBe('NOT_FOUND');
  });
});
