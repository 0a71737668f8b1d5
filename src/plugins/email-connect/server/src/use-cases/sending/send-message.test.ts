import { EmailConnectError } from '../../domain/errors';
import type { OutgoingStage } from '../../domain/outgoing/stage';
import type { MailToQueue, Ports, PressedMail, SubmissionReceipt } from '../../ports';
import { refusal } from '../../testing/fakes/fake-folder';
import { FakeOutbox, outboxEntry } from '../../testing/fakes/fake-outbox';
import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { headersWith, id } from '../../testing/fakes/build-mail';
import { sendMessage } from './send-message';
import type { MessageToSend } from './send-message';

interface World {
  /** Who is named on the inbox. */
  named?: string;
  inbox?: 'none' | 'disconnected' | 'unconfirmed';
  pressed?: PressedMail;
  /** The other press was faster between our look and our queueing. */
  pressedMeanwhile?: PressedMail;
  answered?: OutgoingStage | null | 'gone';
  stage?: OutgoingStage;
  submission?: 'hangs' | Parameters<typeof refusal>[0] | Partial<SubmissionReceipt>;
}

const written: MessageToSend = {
  senderDocumentId: 'owner',
  contact: { contactType: 'api::person.person', documentId: 'p1' },
  answersDocumentId: null,
  to: ['ann@customer.test'],
  cc: [],
  bcc: [],
  subject: 'Offer',
  text: 'Hello',
  html: '',
  files: [],
  press: { key: 'key-of-this-press', hashContent: async () => 'content' },
};

const pressed = (contentHash = 'content'): PressedMail => ({
  contentHash,
  messageDocumentId: 'M',
  threadDocumentId: 'T',
});

const noTeam = { teamAddresses: [], teamDomains: [] };

const scene = (world: World = {}) => {
  const done: string[] = [];
  const queued: MailToQueue[] = [];
  const outbox = new FakeOutbox(outboxEntry({ stage: world.stage ?? 'queued' }));
  const inbox = inboxWith({
    isTeamAddress: world.inbox !== 'unconfirmed',
    state: world.inbox === 'disconnected' ? 'disconnected' : 'ok',
  });
  const ports = {
    clock: {
      now: () => new Date('2026-03-01T10:00:00.400Z'),
      monotonicMs: () => 0,
      sleep: async (ms: number, signal?: AbortSignal) => {
        // Whoever waits for an answer has waited long enough; claims are renewed by nobody here.
        if (ms === 5_000 && world.submission === 'hangs') return;
        await new Promise<void>((wake) => signal?.addEventListener('abort', () => wake()));
      },
    },
    random: { bytes: (length: number) => new Uint8Array(length) },
    hosts: { resolve: async () => '192.0.2.1' },
    secrets: { open: () => 'password', sign: () => 'signature' },
    mime: {
      composeMessage: async function* () {
        yield new TextEncoder().encode('the mail');
      },
      parseMessage: async () => ({
        headers: headersWith({ messageId: id('c.1@crm.test') }),
        text: 'Hello',
        html: '',
        attachments: [],
        parsedAs: 'mime',
        marks: [],
        embedded: [],
      }),
    },
    attachments: {
      save: async () => ({ storageKey: 'key', sha256: 'hash', size: 8 }),
      open: async () =>
        (async function* () {
          yield new TextEncoder().encode('the mail');
        })(),
      remove: async () => void done.push('bytes let go'),
    },
    access: { inboxesOf: async (person: string) => (person === world.named ? ['I'] : []) },
    inboxes: {
      load: async () => inbox,
      findByOwner: async () => (world.inbox === 'none' ? null : inbox),
      loadSecrets: async () => ({ imapPassword: 'sealed', smtpPassword: 'sealed' }),
    },
    smtp: {
      submit: async () => {
        done.push('submitted');
        if (world.submission === 'hangs') return new Promise(() => undefined);
        if (typeof world.submission === 'string') throw refusal(world.submission);
        return { serverMessageId: null, response: '250', refused: [], ...world.submission };
      },
    },
    outbox: {
      ...outbox.records,
      findPress: async () => world.pressed ?? null,
      loadAnswered: async () =>
        world.answered === 'gone'
          ? null
          : { messageId: id('q@customer.test'), threadDocumentId: 'T', stage: world.answered ?? null },
      loadThread: async () => ({
        documentId: 'T',
        inboxDocumentId: 'I',
        threadToken: id('t.1@crm.test'),
        subject: 'Offer',
        threadIndexRoot: '00'.repeat(22),
        messageIds: [],
      }),
      queue: async (mail: MailToQueue) => {
        queued.push(mail);
        if (world.pressedMeanwhile)
          return { kind: 'pressed-before', press: mail.press, pressed: world.pressedMeanwhile };
        return { kind: 'queued', entry: outbox.entry };
      },
    },
    news: { announce: async ({ kind }: { kind: string }) => void done.push(kind) },
    wakeups: { wake: (key: string) => void done.push(`woke ${key}`) },
    background: { run: async (work: (stop: AbortSignal) => unknown) => work(new AbortController().signal) },
    settings: { outgoingLimitBytes: 1_000, textLimitBytes: 1_000, ...noTeam },
    logger: { warn: () => undefined },
  } as unknown as Ports;
  return { ports, done, queued, outbox };
};

describe('S51: a press of Send', () => {
  test('is answered with what is recorded, and wakes whoever files the copy', async () => {
    const { ports, done, queued } = scene();
    expect(await sendMessage(ports, written)).toEqual({
      messageDocumentId: 'M',
      threadDocumentId: 'T',
      deliveryStatus: 'sent',
      notice: '',
    });
    expect(done).toEqual(['submitted', 'message.sent', 'woke I/outbox']);
    expect(queued[0]).toMatchObject({
      composedFor: 'us@crm.test us',
      press: { senderDocumentId: 'owner', key: 'key-of-this-press', contentHash: 'content' },
    });
  });

  test("w51: goes out from no inbox whose address is not known as the team's", async () => {
    const { ports, done, queued } = scene({ inbox: 'unconfirmed' });
    await expect(sendMessage(ports, written)).rejects.toMatchObject({ code: 'ADDRESS_UNCONFIRMED' });
    expect([done, queued]).toEqual([[], []]);
    await sendMessage({ ...ports, settings: { ...ports.settings, teamDomains: ['crm.test'] } }, written);
    expect(done).toContain('submitted');
  });

  test('w70: goes out from an inbox on which its writer is named, and from no other', async () => {
    const other = { ...written, senderDocumentId: 'vic', inboxDocumentId: 'I' };
    const { ports, done, queued } = scene({ named: 'vic' });
    await sendMessage(ports, other);
    expect(queued[0]).toMatchObject({ composedFor: 'us@crm.test us', press: { senderDocumentId: 'vic' } });
    expect(done).toContain('submitted');
    const unnamed = scene({ named: 'wim' });
    await expect(sendMessage(unnamed.ports, other)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    const gone = scene({ named: 'vic', inbox: 'disconnected' });
    await expect(sendMessage(gone.ports, other)).rejects.toMatchObject({ code: 'INBOX_NOT_CONNECTED' });
    expect([...unnamed.done, ...gone.done]).toEqual([]);
  });

  test('is answered within seconds when the server is silent: it waits, and goes on', async () => {
    const { ports, outbox } = scene({ submission: 'hangs' });
    expect(await sendMessage(ports, written)).toMatchObject({ deliveryStatus: 'queued' });
    expect(outbox.entry.stage).toBe('submitting');
  });

  test.each([
    ['CONNECTION_REFUSED', 'queued'],
    ['UNEXPECTED', 'queued'],
    ['SEND_OUTCOME_UNKNOWN', 'unknown'],
    ['INBOX_NOT_CONNECTED', 'held'],
  ] as const)('%s: its writer hears "%s", which is what is stored', async (code, deliveryStatus) => {
    const { ports, outbox } = scene({ submission: code });
    expect(await sendMessage(ports, written)).toMatchObject({ deliveryStatus });
    expect(outbox.told).toBe(deliveryStatus);
  });

  test('what somebody else recorded meanwhile is told, not what we believed', async () => {
    const { ports, outbox } = scene({ submission: 'CONNECTION_LOST' });
    ports.smtp.submit = async () => {
      outbox.entry = { ...outbox.entry, stage: 'unknown', isDoubted: true };
      throw refusal('CONNECTION_LOST');
    };
    expect(await sendMessage(ports, written)).toMatchObject({ deliveryStatus: 'unknown' });
  });

  test('P2: a COMMIT whose answer was lost has made the mail: it is told, and the loop sends it', async () => {
    const { ports, done } = scene();
    ports.outbox.queue = async () => {
      ports.outbox.findPress = async () => pressed();
      throw refusal('UNEXPECTED');
    };
    expect(await sendMessage(ports, written)).toMatchObject({
      messageDocumentId: 'M',
      deliveryStatus: 'queued',
    });
    expect(done).toEqual(['woke I/outbox']);
  });

  test('P2: a database that refuses the mail leaves nothing behind, and says so', async () => {
    const { ports, done } = scene();
    ports.outbox.queue = async () => Promise.reject(refusal('UNEXPECTED'));
    ports.outbox.usesSource = async () => false;
    await expect(sendMessage(ports, written)).rejects.toMatchObject({ code: 'UNEXPECTED' });
    expect(done).toEqual(['bytes let go']);
  });

  test('a refusal is told as one, and is final', async () => {
    const { ports, outbox } = scene({ submission: 'LOGIN_REFUSED' });
    await expect(sendMessage(ports, written)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(outbox.entry.stage).toBe('refused');
  });

  test('taken for some, refused for others: it is sent, and the others are named', async () => {
    const refused = [{ recipient: 'bo@b.test', response: '550 5.1.1 who?' }];
    const { ports } = scene({ submission: { refused } });
    const answer = await sendMessage(ports, written);
    expect(answer.deliveryStatus).toBe('sent');
    expect(answer.notice).toContain('bo@b.test');
  });
});

describe('S51: the same press again', () => {
  test.each([
    ['queued', 'queued'],
    ['submitting', 'queued'],
    ['filed', 'sent'],
    ['asked', 'asked'],
    ['cancelled', 'cancelled'],
  ] as const)('of a mail that is %s is told "%s", and makes nothing', async (stage, deliveryStatus) => {
    const { ports, done, queued } = scene({ pressed: pressed(), stage });
    expect(await sendMessage(ports, written)).toMatchObject({ messageDocumentId: 'M', deliveryStatus });
    expect([done, queued]).toEqual([[], []]);
  });

  test('of a mail that was refused hears the refusal again', async () => {
    const { ports, outbox } = scene({ pressed: pressed(), stage: 'refused' });
    outbox.entry.failure = { code: 'MESSAGE_REFUSED', message: 'No.', nextStep: 'Change it.', detail: '554' };
    const again = sendMessage(ports, written);
    await expect(again).rejects.toBeInstanceOf(EmailConnectError);
    await expect(again).rejects.toMatchObject({
      code: 'MESSAGE_REFUSED',
      nextStep: 'Change it.',
      detail: '554',
    });
  });

  test('with other words is no repetition', async () => {
    const { ports, done } = scene({ pressed: pressed('other') });
    await expect(sendMessage(ports, written)).rejects.toMatchObject({ code: 'SEND_KEY_USED' });
    expect(done).toEqual([]);
  });

  test('that came at the same time submits nothing: the first one does', async () => {
    const { ports, done, queued } = scene({ pressedMeanwhile: pressed(), stage: 'submitting' });
    expect(await sendMessage(ports, written)).toMatchObject({ deliveryStatus: 'queued' });
    expect(queued).toHaveLength(1);
    expect(done).not.toContain('submitted');
  });

  test('that came at the same time with other words is refused', async () => {
    const { ports } = scene({ pressedMeanwhile: pressed('other') });
    await expect(sendMessage(ports, written)).rejects.toMatchObject({ code: 'SEND_KEY_USED' });
  });
});

describe('what cannot be sent', () => {
  test.each(['none', 'disconnected'] as const)('S3: from an inbox that is %s', async (inbox) => {
    const { ports, queued } = scene({ inbox });
    await expect(sendMessage(ports, written)).rejects.toMatchObject({ code: 'INBOX_NOT_CONNECTED' });
    expect(queued).toEqual([]);
  });

  test.each([
    ['queued', 'INPUT_INVALID'],
    ['refused', 'INPUT_INVALID'],
    ['cancelled', 'INPUT_INVALID'],
    ['asked', 'INPUT_INVALID'],
    ['gone', 'NOT_FOUND'],
  ] as const)('an answer to a mail that is %s', async (answered, code) => {
    const { ports, queued } = scene({ answered });
    const answer = { ...written, answersDocumentId: 'Q' };
    await expect(sendMessage(ports, answer)).rejects.toMatchObject({ code });
    expect(queued).toEqual([]);
  });

  test.each([null, 'sent', 'filed'] as const)('but one to a mail that is %s is', async (answered) => {
    const { ports } = scene({ answered });
    const answer = { ...written, answersDocumentId: 'Q' };
    expect(await sendMessage(ports, answer)).toMatchObject({ deliveryStatus: 'sent' });
  });
});
